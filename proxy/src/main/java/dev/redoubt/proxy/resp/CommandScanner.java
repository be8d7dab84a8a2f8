package dev.redoubt.proxy.resp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds where one command ends, without building anything. One per session, confined to its lane's event loop.
 *
 * <p>A scan can stop at any byte and go on when more has come: {@link #start} begins a command, {@link #scan} goes on, {@link #rebase} tells it that the
 * unfinished bytes have moved. Framing is exactly Redis's ({@code processMultibulkBuffer} and {@code processInlineBuffer} in networking.c): a
 * header ends at the first CR and the byte after it is skipped unseen, so is what follows a bulk. Where Redis 7 is laxer about a length than the
 * documented limits, this is stricter.
 */
public final class CommandScanner {
    /** What a scan found. */
    public enum Outcome {
        /** A whole command of at least one argument, ending at {@link #position}. */
        COMMAND,
        /** A whole inline line that ends at {@link #position}. */
        INLINE,
        /** {@code *0} or {@code *-1}: nothing to do, as in Redis. */
        EMPTY,
        /** More bytes are needed. */
        INCOMPLETE,
        /** Not RESP: {@link #error} has Redis's text for it. */
        MALFORMED
    }

    public static final int MAX_INLINE_BYTES = 64 * 1024;
    public static final int MAX_ARGUMENTS = 1024 * 1024;
    public static final int MAX_BULK_BYTES = 512 * 1024 * 1024;
    private static final int RESTRICTED_ARGUMENTS = 10;
    private static final int RESTRICTED_BULK_BYTES = 16 * 1024;
    private static final int HEADER_UNREAD = -1;
    private static final int NUMBER_INCOMPLETE = -1;
    private static final int NUMBER_INVALID = -2;
    private static final int NUMBER_TOO_LONG = -3;
    private static final int WRONG_TYPE = -4;

    private final long maxBulkBytes;
    private boolean restricted;
    private int position;
    private int argumentsLeft = HEADER_UNREAD;
    private int argumentCount;
    private int nameStart = -1;
    private int nameLength;
    private long number;
    private @Nullable String error;

    public CommandScanner() {
        this(MAX_BULK_BYTES);
    }

    /** @param maxBulkBytes of one argument; at most {@link #MAX_BULK_BYTES} */
    public CommandScanner(long maxBulkBytes) {
        this.maxBulkBytes = maxBulkBytes;
    }

    /** Whether commands may have no more than 10 arguments of 16 KB each, as Redis has it for clients that have not authenticated: they must not fill its memory. */
    public void restrict(boolean isRestricted) {
        restricted = isRestricted;
    }

    /** Begins a command at that index. */
    public void start(int index) {
        position = index;
        argumentsLeft = HEADER_UNREAD;
        nameStart = -1;
    }

    /** The unfinished command's bytes now lie so many bytes further on (negative: further back). */
    public void rebase(int distance) {
        position += distance;
        if (nameStart >= 0) {
            nameStart += distance;
        }
    }

    /** Goes on with the command, with readable bytes up to {@code to}. */
    public Outcome scan(ByteBuf buf, int to) {
        if (argumentsLeft == HEADER_UNREAD) {
            if (position >= to) {
                return Outcome.INCOMPLETE;
            }
            if (buf.getByte(position) != '*') {
                return scanInline(buf, to);
            }
            Outcome outcome = scanHeader(buf, to);
            if (outcome != Outcome.COMMAND) {
                return outcome;
            }
        }
        return scanArguments(buf, to);
    }

    /** After a whole command: the index behind it. Before that: how far the scan has got; behind the buffer's end while a bulk is still to come. */
    public int position() {
        return position;
    }

    public int argumentCount() {
        return argumentCount;
    }

    /** Where the command's name begins; -1 while unknown. */
    public int nameStart() {
        return nameStart;
    }

    public int nameLength() {
        return nameLength;
    }

    /** The text of the protocol error, beginning with {@code ERR Protocol error}. */
    public String error() {
        return "ERR Protocol error: " + error;
    }

    private Outcome scanHeader(ByteBuf buf, int to) {
        int next = readLength(buf, '*', to);
        if (next < 0) {
            return numberFailed(buf, next, "invalid multibulk length", "too big mbulk count string");
        }
        if (number > MAX_ARGUMENTS) {
            return malformed("invalid multibulk length");
        }
        if (restricted && number > RESTRICTED_ARGUMENTS) {
            return malformed("unauthenticated multibulk length");
        }
        position = next;
        argumentCount = (int) number;
        if (number <= 0) {
            return Outcome.EMPTY;
        }
        argumentsLeft = argumentCount;
        return Outcome.COMMAND;
    }

    private Outcome scanArguments(ByteBuf buf, int to) {
        while (argumentsLeft > 0) {
            if (position >= to) {
                return Outcome.INCOMPLETE;
            }
            int next = readLength(buf, '$', to);
            if (next < 0) {
                return numberFailed(buf, next, "invalid bulk length", "too big bulk count string");
            }
            if (number < 0 || number > maxBulkBytes) {
                return malformed("invalid bulk length");
            }
            if (restricted && number > RESTRICTED_BULK_BYTES) {
                return malformed("unauthenticated bulk length");
            }
            if (nameStart < 0) {
                nameStart = next;
                nameLength = (int) number;
            }
            position = next + (int) number + 2;
            argumentsLeft--;
        }
        return position <= to ? Outcome.COMMAND : Outcome.INCOMPLETE;
    }

    /** Reads the type and the number behind it. Returns as {@link #readNumber} does. */
    private int readLength(ByteBuf buf, char type, int to) {
        if (to - position >= ShortLength.BYTES) {
            int length = ShortLength.read(buf, position, type);
            if (length != ShortLength.NONE) {
                number = length;
                return ShortLength.end(position, length);
            }
        }
        return buf.getByte(position) == type ? readNumber(buf, position + 1, to) : WRONG_TYPE;
    }

    /** Reads digits up to CR and skips one byte behind it. Returns the index behind, or one of the negative codes. As strict as string2ll in Redis's util.c. */
    private int readNumber(ByteBuf buf, int from, int to) {
        int index = from;
        long value = 0;
        boolean negative = false;
        if (index < to && buf.getByte(index) == '-') {
            negative = true;
            index++;
        }
        int firstDigit = index;
        while (index < to) {
            int digit = buf.getByte(index) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
            if (index++ - firstDigit > 17) {
                return endOfInvalidNumber(buf, index, to);
            }
        }
        if (index >= to) {
            return NUMBER_INCOMPLETE;
        }
        if (buf.getByte(index) != '\r' || !canonical(buf, firstDigit, index, negative)) {
            return endOfInvalidNumber(buf, index, to);
        }
        if (index + 2 > to) {
            return NUMBER_INCOMPLETE;
        }
        number = negative ? -value : value;
        return index + 2;
    }

    private static boolean canonical(ByteBuf buf, int firstDigit, int end, boolean negative) {
        if (end == firstDigit) {
            return false;
        }
        return buf.getByte(firstDigit) != '0' || (end - firstDigit == 1 && !negative);
    }

    /** Redis reports a bad number only when its line is complete, and a line without an end at 64 KB. */
    private int endOfInvalidNumber(ByteBuf buf, int index, int to) {
        int cr = buf.indexOf(index, to, (byte) '\r');
        if (cr >= 0 && cr + 1 < to) {
            return NUMBER_INVALID;
        }
        return to - position > MAX_INLINE_BYTES ? NUMBER_TOO_LONG : NUMBER_INCOMPLETE;
    }

    private Outcome scanInline(ByteBuf buf, int to) {
        int lf = buf.indexOf(position, to, (byte) '\n');
        if (lf < 0) {
            return to - position > MAX_INLINE_BYTES ? malformed("too big inline request") : Outcome.INCOMPLETE;
        }
        position = lf + 1;
        return Outcome.INLINE;
    }

    private Outcome numberFailed(ByteBuf buf, int code, String invalid, String tooLong) {
        return switch (code) {
            case NUMBER_INCOMPLETE -> Outcome.INCOMPLETE;
            case NUMBER_TOO_LONG -> malformed(tooLong);
            case WRONG_TYPE -> malformed("expected '$', got '" + (char) (buf.getByte(position) & 0xff) + "'");
            default -> malformed(invalid);
        };
    }

    private Outcome malformed(String text) {
        error = text;
        return Outcome.MALFORMED;
    }
}
