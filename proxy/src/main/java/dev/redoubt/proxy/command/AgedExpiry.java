package dev.redoubt.proxy.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a command that sets a time to live has to say when it was held for a while: the time that remains, in milliseconds. A pure function. The verb stays but where its unit is seconds (SETEX, EXPIRE). Where nothing
 * remains the key lives for a millisecond, so that NX, XX and the reply mean what they meant, or EXPIRE deletes it. Times of day (EXAT, PXAT, EXPIREAT) need no change.
 */
public final class AgedExpiry {
    private static final long MILLIS_A_SECOND = 1_000;

    private AgedExpiry() {}

    /** The command in the words that are right now; null if those that it has are. Arguments that Redis would refuse stay. */
    public static byte @Nullable [][] aged(byte[][] args, long ageMillis) {
        if (ageMillis <= 0) {
            return null;
        }
        return switch (Args.lowerText(args[0])) {
            case "set" -> option(args, 3, ageMillis);
            case "getex" -> option(args, 2, ageMillis);
            case "setex" -> args.length == 4 ? number(args, "PSETEX", 2, MILLIS_A_SECOND, ageMillis, 1) : null;
            case "psetex" -> args.length == 4 ? number(args, "PSETEX", 2, 1, ageMillis, 1) : null;
            case "expire" -> args.length >= 3 ? number(args, "PEXPIRE", 2, MILLIS_A_SECOND, ageMillis, 0) : null;
            case "pexpire" -> args.length >= 3 ? number(args, "PEXPIRE", 2, 1, ageMillis, 0) : null;
            default -> null;
        };
    }

    /** What a command of that name, in lower case, was called when its client sent it, if it was held since; its own name if it is called the same all the time. */
    static String nameBefore(String name) {
        return switch (name) {
            case "psetex" -> "setex";
            case "pexpire" -> "expire";
            default -> name;
        };
    }

    private static byte @Nullable [][] option(byte[][] args, int from, long ageMillis) {
        for (int i = from; i + 1 < args.length; i++) {
            boolean seconds = Args.is(args[i], "ex");
            if (seconds || Args.is(args[i], "px")) {
                byte[][] aged = number(args, null, i + 1, seconds ? MILLIS_A_SECOND : 1, ageMillis, 1);
                if (aged != null) {
                    aged[i] = bytes("PX");
                }
                return aged;
            }
        }
        return null;
    }

    private static byte @Nullable [][] number(
            byte[][] args, @Nullable String verb, int position, long unitMillis, long ageMillis, long leastMillis) {
        long given = Args.number(args[position], 0);
        if (given <= 0 || given > Long.MAX_VALUE / MILLIS_A_SECOND) {
            return null;
        }
        byte[][] aged = Arrays.copyOf(args, args.length);
        aged[0] = verb == null ? args[0] : bytes(verb);
        aged[position] = bytes(Long.toString(Math.max(leastMillis, given * unitMillis - ageMillis)));
        return aged;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
