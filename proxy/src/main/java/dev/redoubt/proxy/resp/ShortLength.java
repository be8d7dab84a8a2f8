package dev.redoubt.proxy.resp;

import io.netty.buffer.ByteBuf;

/**
 * Lengths of one or two digits, which almost all are, read as one word instead of byte by byte: {@code $3\r\n}, {@code $16\r\n}, {@code *2\r\n}. Whatever else stands there is left to a scanner's own way, errors too.
 * Stateless.
 */
final class ShortLength {
    /** So many bytes from the length's first one on have to be readable. */
    static final int BYTES = 5;
    /** It is no length of one or two digits. */
    static final int NONE = -1;

    private static final int FIRST_AND_THIRD = 0xFF00FF00;
    private static final int FIRST_AND_FOURTH = 0xFF0000FF;

    private ShortLength() {}

    /**
     * Reads it, with a type of one byte before it and a CR behind; what stands behind the CR is for the caller to look at.
     *
     * @param buf borrowed; its indices stay where they are
     * @param at index of the type; {@link #BYTES} are readable from there on
     * @return 0 to 99, or {@link #NONE}
     */
    static int read(ByteBuf buf, int at, int type) {
        int word = buf.getInt(at);
        int second = (word >>> 16 & 0xFF) - '0';
        if ((word & FIRST_AND_THIRD) == (type << 24 | '\r' << 8)) {
            return second >= 0 && second <= 9 ? second : NONE;
        }
        if ((word & FIRST_AND_FOURTH) != (type << 24 | '\r')) {
            return NONE;
        }
        int third = (word >>> 8 & 0xFF) - '0';
        // No zero in front: neither Redis nor anyone else writes one.
        return second > 0 && second <= 9 && third >= 0 && third <= 9 ? second * 10 + third : NONE;
    }

    /** The index behind the CR and the byte after it, of a length that was read there. */
    static int end(int at, int length) {
        return at + (length < 10 ? 4 : 5);
    }
}
