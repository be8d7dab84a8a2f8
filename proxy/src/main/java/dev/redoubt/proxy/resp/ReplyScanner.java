package dev.redoubt.proxy.resp;

import io.netty.buffer.ByteBuf;

/**
 * Finds where one reply (or push) of RESP2 or RESP3 ends, without building anything. Confined to its connection's event loop.
 *
 * <p>RESP has no end marks, so one counter of frames still to come is all the state that nesting needs. A scan can stop at any byte and go on when more has come.
 * Streamed aggregates ({@code *?}) do not exist in Redis's replies and count as malformed.
 */
public final class ReplyScanner {
    /** What a scan found. */
    public enum Outcome {
        REPLY,
        INCOMPLETE,
        /** Not RESP: the connection can't be trusted any more. */
        MALFORMED
    }

    private static final int LINE_INCOMPLETE = -1;
    private static final int LINE_INVALID = -2;
    private static final int MAX_DIGITS = 18;
    /** {@code +OK} and a CR. */
    private static final int OK = 0x2B4F4B0D;

    private int position;
    private long framesLeft;
    private byte type;
    private long number;

    /** Begins a reply at that index. */
    public void start(int index) {
        position = index;
        framesLeft = 1;
        type = 0;
    }

    /** The unfinished reply's bytes now lie so many bytes further on (negative: further back). */
    public void rebase(int distance) {
        position += distance;
    }

    /** After a whole reply: the index behind it. Before: how far the scan got; may lie behind the buffer's end inside a bulk. */
    public int position() {
        return position;
    }

    /** The first byte of the reply: {@code '-'} for an error, {@code '>'} for a push; 0 while unknown. */
    public byte type() {
        return type;
    }

    /** Goes on with the reply, with readable bytes up to {@code to}. */
    public Outcome scan(ByteBuf buf, int to) {
        while (framesLeft > 0) {
            if (position >= to) {
                return Outcome.INCOMPLETE;
            }
            byte first = buf.getByte(position);
            if (type == 0) {
                type = first;
            }
            int next = frame(buf, first, to);
            if (next < 0) {
                return next == LINE_INVALID ? Outcome.MALFORMED : Outcome.INCOMPLETE;
            }
            position = next;
        }
        return position <= to ? Outcome.REPLY : Outcome.INCOMPLETE;
    }

    /** Steps over one frame's header and, for a bulk, its body. Returns the index behind it or a negative code. */
    private int frame(ByteBuf buf, byte first, int to) {
        switch (first) {
            case '$', '=', '!':
                return bulk(buf, first, to);
            case '+', '-', ':', '_', '#', ',', '(':
                return line(buf, to);
            case '*', '~', '>':
                return aggregate(buf, first, to, 1, 1);
            case '%':
                return aggregate(buf, first, to, 2, 1);
            case '|':
                return aggregate(buf, first, to, 2, 0); // an attribute precedes its reply and is none itself
            default:
                return LINE_INVALID;
        }
    }

    private int bulk(ByteBuf buf, byte first, int to) {
        int next = readNumber(buf, first, to);
        if (next < 0) {
            return next;
        }
        if (number > Integer.MAX_VALUE - 64 - next) {
            return LINE_INVALID;
        }
        framesLeft--;
        return number < 0 ? next : next + (int) number + 2;
    }

    private int aggregate(ByteBuf buf, byte first, int to, int framesEach, int counted) {
        int next = readNumber(buf, first, to);
        if (next < 0) {
            return next;
        }
        if (number > Integer.MAX_VALUE) {
            return LINE_INVALID; // sizes that could make the counter of frames overflow
        }
        framesLeft += Math.max(number, 0) * framesEach - counted;
        return next;
    }

    private int line(ByteBuf buf, int to) {
        if (to - position >= ShortLength.BYTES && buf.getInt(position) == OK && buf.getByte(position + 4) == '\n') {
            framesLeft--;
            return position + 5;
        }
        for (int index = position + 1; index < to; index++) {
            if (buf.getByte(index) == '\n') {
                if (buf.getByte(index - 1) != '\r') {
                    return LINE_INVALID;
                }
                framesLeft--;
                return index + 1;
            }
        }
        return LINE_INCOMPLETE;
    }

    private int readNumber(ByteBuf buf, byte first, int to) {
        if (to - position >= ShortLength.BYTES) {
            int length = ShortLength.read(buf, position, first);
            int end = ShortLength.end(position, length);
            if (length != ShortLength.NONE && buf.getByte(end - 1) == '\n') {
                number = length;
                return end;
            }
        }
        return readAnyNumber(buf, to);
    }

    private int readAnyNumber(ByteBuf buf, int to) {
        int index = position + 1;
        if (to - index < 3) {
            return LINE_INCOMPLETE;
        }
        boolean negative = buf.getByte(index) == '-';
        if (negative) {
            index++;
        }
        long value = 0;
        int firstDigit = index;
        for (; index < to; index++) {
            int digit = buf.getByte(index) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
        }
        if (index - firstDigit > MAX_DIGITS) {
            return LINE_INVALID;
        }
        if (index + 1 >= to) {
            return index < to && buf.getByte(index) != '\r' ? LINE_INVALID : LINE_INCOMPLETE;
        }
        if (index == firstDigit || buf.getByte(index) != '\r' || buf.getByte(index + 1) != '\n') {
            return LINE_INVALID;
        }
        number = negative ? -value : value;
        return index + 2;
    }
}
