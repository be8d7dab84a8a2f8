package dev.redoubt.proxy.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The time-out that a blocking command carries among its arguments, as {@code getTimeoutFromObjectOrReply} in timeout.c of Redis 7.0 reads it. Immutable.
 *
 * @param index where it stands
 * @param inSeconds with decimals; else in milliseconds
 * @param millis 0: it waits for ever
 */
public record BlockingTimeout(int index, boolean inSeconds, long millis) {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(\\.[0-9]{0,20})?|\\.[0-9]{1,20}");
    private static final Pattern MILLIS = Pattern.compile("0|[1-9][0-9]{0,14}");

    /** The time-out of this call; null if the command has none, or one that Redis refuses or this does not read: Redis is to say then. */
    public static @Nullable BlockingTimeout of(byte[][] args) {
        return switch (Args.lowerText(args[0])) {
            case "blpop", "brpop", "bzpopmin", "bzpopmax", "blmove", "brpoplpush" -> seconds(args, args.length - 1);
            case "blmpop", "bzmpop" -> seconds(args, 1);
            case "xread", "xreadgroup" -> millis(args, blockWord(args) + 1);
            case "wait" -> millis(args, 2);
            case "waitaof" -> millis(args, 3);
            default -> null;
        };
    }

    /** The call with so much left of its time-out; never 0, which would be for ever. */
    public byte[][] shortened(byte[][] args, long leftMillis) {
        long left = Math.max(1, leftMillis);
        String text = inSeconds ? BigDecimal.valueOf(left, 3).toPlainString() : Long.toString(left);
        byte[][] changed = args.clone();
        changed[index] = text.getBytes(StandardCharsets.US_ASCII);
        return changed;
    }

    private static int blockWord(byte[][] args) {
        int block = Args.indexOf(args, "block", MovableKeys.optionsOfXread(args));
        return block < 0 ? args.length : block;
    }

    private static @Nullable BlockingTimeout seconds(byte[][] args, int index) {
        if (index < 1 || index >= args.length) {
            return null;
        }
        String text = Args.text(args[index]);
        return SECONDS.matcher(text).matches()
                ? new BlockingTimeout(
                        index,
                        true,
                        new BigDecimal(text)
                                .movePointRight(3)
                                .setScale(0, RoundingMode.CEILING)
                                .longValue())
                : null;
    }

    private static @Nullable BlockingTimeout millis(byte[][] args, int index) {
        if (index < 1 || index >= args.length) {
            return null;
        }
        String text = Args.text(args[index]);
        return MILLIS.matcher(text).matches() ? new BlockingTimeout(index, false, Long.parseLong(text)) : null;
    }
}
