#!/usr/bin/env bash
# Prints where the source of Redis 7.0.15 lies, of whose tests ./dev oracle is made. Where it is not there yet it is brought:
# Debian's source package, into the user's cache, with lists and a cache of apt's own in there. The machine's apt keeps its
# configuration; where packages come from is read out of it.
#
#   REDOUBT_REDIS_SOURCE   an unpacked source tree of Redis, to use instead
#   XDG_CACHE_HOME         where to keep it (~/.cache)
#
# Exit status: 0 it is there, 77 it is not and cannot be brought here, as the last line on standard error says.
set -euo pipefail

readonly version=7.0.15
readonly cannot=77
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/redoubt
tree=$cache/redis-$version

main() {
  if [ -n "${REDOUBT_REDIS_SOURCE:-}" ]; then
    has_tests "$REDOUBT_REDIS_SOURCE" || give_up "REDOUBT_REDIS_SOURCE has no tests/test_helper.tcl: $REDOUBT_REDIS_SOURCE"
    echo "$REDOUBT_REDIS_SOURCE"
    return
  fi
  has_tests "$tree" || bring
  echo "$tree"
}

has_tests() {
  [ -f "$1/tests/test_helper.tcl" ]
}

bring() {
  local program
  for program in apt-get apt-cache apt-config dpkg-source; do
    command -v $program >/dev/null || give_up "no $program (Debian: apt, dpkg-dev)"
  done
  echo "Bringing the source of Redis $version to $tree" >&2
  mkdir -p "$cache"
  work=$(mktemp -d "$cache/fetch.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/sources" "$work/lists/partial" "$work/cache/archives/partial"
  source_entries
  # Of several entries some may have no sources; whether one has ours is seen next.
  apt apt-get update >"$work/log" 2>&1 || true
  local package
  package=$(newest_package)
  [ -n "$package" ] || give_up "no source package of Redis $version where this machine's packages come from"
  (cd "$work" && apt apt-get --download-only source "redis=$package" && dpkg-source --no-check -x ./*.dsc tree) >>"$work/log" 2>&1 || {
    tail -n 5 "$work/log" >&2
    give_up "redis $package could not be downloaded or unpacked"
  }
  echo "Debian source package redis $package" >"$work/tree/.origin"
  # Another run may have been faster: its tree is as good.
  mv -T "$work/tree" "$tree" 2>/dev/null || has_tests "$tree"
}

# The machine's entries for packages, turned into entries for their sources.
source_entries() {
  local LIST='' PARTS='' file
  eval "$(apt-config shell LIST Dir::Etc::sourcelist/f PARTS Dir::Etc::sourceparts/d)"
  for file in "$LIST" "$PARTS"/*.list; do
    [ ! -f "$file" ] || sed -nE 's/^[[:space:]]*deb[[:space:]]/deb-src /p' "$file" >"$work/sources/$(basename "$file")"
  done
  for file in "$PARTS"/*.sources; do
    [ ! -f "$file" ] || sed -E 's/^Types:.*/Types: deb-src/I' "$file" >"$work/sources/$(basename "$file")"
  done
}

newest_package() {
  apt apt-cache showsrc redis 2>/dev/null |
    sed -nE "s/^Version: ((.*:)?${version//./\\.}-.*)/\1/p" | sort -V | tail -n 1
}

# apt with nothing of the machine's but what its configuration says.
apt() {
  "$@" -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/sources" \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root
}

give_up() {
  echo "$1" >&2
  exit $cannot
}

main "$@"
