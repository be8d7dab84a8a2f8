package dev.redoubt.proxy.journalfile;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a change lies in the file: the length of what follows the checksum, the checksum (CRC-32C of that length and all that
 * follows), the length of the key, the key, then the state; without a state its length is -1. Stateless.
 *
 * <pre>
 *  length (4) | checksum (4) | key length (4) | state length (4) | key | state
 * </pre>
 *
 * Before changes of which none counts without the others stands a record that has no key, as no change is without one, and whose state is their number.
 */
final class Records {
    static final int HEADER_BYTES = 8;
    private static final int LENGTHS_BYTES = 8;
    private static final int NO_STATE = -1;
    private static final byte[] NO_KEY = {};
    private static final int MARK_BYTES = HEADER_BYTES + LENGTHS_BYTES + Integer.BYTES;

    private Records() {}

    /** What several changes take that count together, or one by itself. */
    static int sizeOf(List<Change> unit) {
        int size = unit.size() > 1 ? MARK_BYTES : 0;
        for (Change change : unit) {
            size += sizeOf(change);
        }
        return size;
    }

    /** To stand before so many changes. */
    static Change mark(int changes) {
        return new Change(
                NO_KEY, ByteBuffer.allocate(Integer.BYTES).putInt(changes).array());
    }

    /** How many changes behind this one count together; 0 if it is one itself. */
    static int marked(Change change) {
        byte[] state = change.state();
        boolean isMark = change.key().length == 0 && state != null && state.length == Integer.BYTES;
        return isMark ? Math.max(0, ByteBuffer.wrap(state).getInt()) : 0;
    }

    static int sizeOf(Change change) {
        byte[] state = change.state();
        return HEADER_BYTES + LENGTHS_BYTES + change.key().length + (state == null ? 0 : state.length);
    }

    static void write(ByteBuffer out, Change change) {
        byte[] state = change.state();
        int at = out.position();
        out.putInt(sizeOf(change) - HEADER_BYTES);
        out.putInt(0);
        out.putInt(change.key().length).putInt(state == null ? NO_STATE : state.length);
        out.put(change.key());
        if (state != null) {
            out.put(state);
        }
        out.putInt(at + 4, checksum(out, at, out.position() - at));
    }

    private static int checksum(ByteBuffer bytes, int at, int length) {
        CRC32C checksum = new CRC32C();
        ByteBuffer size = bytes.duplicate();
        size.position(at).limit(at + 4);
        checksum.update(size);
        ByteBuffer body = bytes.duplicate();
        body.position(at + HEADER_BYTES).limit(at + length);
        checksum.update(body);
        return (int) checksum.getValue();
    }

    /** The record at the buffer's position, which moves behind it; null, and the position stays, if it is not whole or not sound. */
    static @Nullable Change read(ByteBuffer in) {
        int at = in.position();
        if (in.remaining() < HEADER_BYTES + LENGTHS_BYTES) {
            return null;
        }
        int length = in.getInt(at);
        if (length < LENGTHS_BYTES || length > in.remaining() - HEADER_BYTES) {
            return null;
        }
        if (in.getInt(at + 4) != checksum(in, at, HEADER_BYTES + length)) {
            return null;
        }
        return body(in, at + HEADER_BYTES, length);
    }

    private static @Nullable Change body(ByteBuffer in, int at, int length) {
        int keyLength = in.getInt(at);
        int stateLength = in.getInt(at + 4);
        long expected = (long) LENGTHS_BYTES + keyLength + Math.max(0, stateLength);
        if (keyLength < 0 || stateLength < NO_STATE || expected != length) {
            return null;
        }
        byte[] key = new byte[keyLength];
        in.position(at + LENGTHS_BYTES);
        in.get(key);
        byte[] state = stateLength == NO_STATE ? null : new byte[stateLength];
        if (state != null) {
            in.get(state);
        }
        return new Change(key, state);
    }
}
