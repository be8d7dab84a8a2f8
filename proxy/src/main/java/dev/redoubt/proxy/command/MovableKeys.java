package dev.redoubt.proxy.command;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the keys that no fixed positions can tell, as COMMAND GETKEYS of Redis 7.0 does, but null rather than a guess. */
final class MovableKeys {
    private MovableKeys() {}

    /** A count at {@code index}, then so many keys, every {@code step} arguments; before them a fixed key, if not 0. */
    static int @Nullable [] counted(byte[][] args, int fixedKey, int index, int step) {
        long count = index < args.length ? Args.number(args[index], -1) : -1;
        if (count < 0 || count > (args.length - 1 - index) / step) {
            return null;
        }
        IntStream keys = IntStream.range(0, (int) count).map(i -> index + 1 + i * step);
        return fixedKey == 0
                ? keys.toArray()
                : IntStream.concat(IntStream.of(fixedKey), keys).toArray();
    }

    /** XREAD, XREADGROUP: behind STREAMS come as many keys as ids. */
    static int @Nullable [] streams(byte[][] args) {
        int streams = streamsWord(args);
        int count = (args.length - streams - 1) / 2;
        if (streams < 0 || count == 0 || (args.length - streams - 1) % 2 != 0) {
            return null;
        }
        return IntStream.rangeClosed(streams + 1, streams + count).toArray();
    }

    /** Where the word STREAMS stands, or -1. A group or consumer may be called "streams". */
    static int streamsWord(byte[][] args) {
        return Args.indexOf(args, "streams", optionsOfXread(args));
    }

    /** Where the options begin: behind GROUP, group and consumer if it is XREADGROUP. */
    static int optionsOfXread(byte[][] args) {
        return args.length > 1 && Args.is(args[1], "group") ? 4 : 1;
    }

    /** GEORADIUS, GEORADIUSBYMEMBER: the source at 1, and what follows STORE and STOREDIST. */
    static int[] geoStore(byte[][] args, int optionsFrom) {
        int[] keys = {1};
        for (int i = optionsFrom; i + 1 < args.length; i++) {
            if (Args.isAny(args[i], "store", "storedist")) {
                keys = append(keys, ++i);
            }
        }
        return keys;
    }

    /** SORT, SORT_RO: the source at 1 and the last STORE; null if BY or GET read keys by pattern. */
    static int @Nullable [] sort(byte[][] args) {
        SortOptions options = SortOptions.of(args);
        if (options.readsByPattern()) {
            return null;
        }
        return options.destination() == 0 ? new int[] {1} : new int[] {1, options.destination()};
    }

    /** MIGRATE: the key at 3, or, if that is empty, everything behind KEYS. */
    static int @Nullable [] migrate(byte[][] args) {
        if (args.length < 4) {
            return null;
        }
        if (args[3].length > 0) {
            return new int[] {3};
        }
        int keys = migrateKeysWord(args);
        return keys < 0 || keys + 1 == args.length
                ? null
                : IntStream.range(keys + 1, args.length).toArray();
    }

    private static int migrateKeysWord(byte[][] args) {
        for (int i = 6; i < args.length; i++) {
            if (Args.is(args[i], "keys")) {
                return i;
            }
            i += Args.is(args[i], "auth2") ? 2 : Args.is(args[i], "auth") ? 1 : 0;
        }
        return -1;
    }

    private static int[] append(int[] positions, int position) {
        int[] longer = Arrays.copyOf(positions, positions.length + 1);
        longer[positions.length] = position;
        return longer;
    }
}
