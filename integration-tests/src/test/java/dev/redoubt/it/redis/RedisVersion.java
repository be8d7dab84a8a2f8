package dev.redoubt.it.redis;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Major and minor version of a server, as {@code redis_version} in INFO gives them (Valkey 8 says 7.2 there). */
public record RedisVersion(int major, int minor) implements Comparable<RedisVersion> {
    private static final Pattern FORMAT = Pattern.compile("(\\d+)\\.(\\d+)(\\..*)?");
    private static final Comparator<RedisVersion> ORDER =
            Comparator.comparingInt(RedisVersion::major).thenComparingInt(RedisVersion::minor);

    public static RedisVersion parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a version: " + text);
        }
        return new RedisVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    public boolean isAtLeast(RedisVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(RedisVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
