package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.CommandScanner;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which commands were seen to have a reply beyond clients.large-reply: by name and first key, for a while. Asked again, they take a lease, so that nobody waits behind their replies. Confined to the lane.
 *
 * <p>While nothing large was seen, which is the usual case, the hot path reads one field. Names and keys are kept as hashes: two that collide cost a lease too many.
 */
final class LargeReplies {
    private static final int MOST = 1_024;
    /** Seen no more for so long, it is forgotten: it may have become small. */
    private static final long KEEP_NANOS = 60_000_000_000L;

    private static final long SEED = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private final Map<Long, Long> seenNanos = new LinkedHashMap<>();

    boolean isActive() {
        return !seenNanos.isEmpty();
    }

    /** The first reply that is due to that entry is a large one. */
    void note(Entry head, Lane lane) {
        int[] index = {0};
        head.forEachCommand(arguments -> {
            if (index[0]++ == head.answered() && head.kind() == Entry.Kind.RUN && arguments.length > 1) {
                note(hash(arguments), lane.nanoTime());
            }
        });
    }

    private void note(long hash, long nowNanos) {
        seenNanos.remove(hash);
        seenNanos.put(hash, nowNanos);
        seenNanos.values().removeIf(seen -> nowNanos - seen > KEEP_NANOS);
        if (seenNanos.size() > MOST) {
            seenNanos.remove(seenNanos.keySet().iterator().next());
        }
    }

    /** Whether it had a large reply not long ago. */
    boolean knows(byte[][] arguments, long nowNanos) {
        Long seen = arguments.length > 1 ? seenNanos.get(hash(arguments)) : null;
        if (seen != null && nowNanos - seen > KEEP_NANOS) {
            seenNanos.remove(hash(arguments));
            return false;
        }
        return seen != null;
    }

    /** The same for a whole command in a buffer. Commands without a key do not count. */
    boolean mayKnow(ByteBuf in, CommandScanner scanner, CommandSpec spec) {
        int behind = scanner.nameStart() + scanner.nameLength() + 2;
        return spec.firstKey() == 1
                && behind < in.writerIndex()
                && in.getByte(behind) == '$'
                && seenNanos.containsKey(hash(in, scanner.nameStart(), scanner.nameLength()));
    }

    private static long hash(byte[][] arguments) {
        long hash = SEED;
        for (byte letter : arguments[0]) {
            hash = (hash ^ (letter | 0x20)) * PRIME;
        }
        for (byte letter : arguments[1]) {
            hash = (hash ^ letter) * PRIME;
        }
        return hash;
    }

    private static long hash(ByteBuf in, int nameStart, int nameLength) {
        long hash = SEED;
        int index = nameStart;
        for (; index < nameStart + nameLength; index++) {
            hash = (hash ^ (in.getByte(index) | 0x20)) * PRIME;
        }
        index += 3; // CR, LF, $
        int length = 0;
        for (byte digit = in.getByte(index); digit != '\r'; digit = in.getByte(++index)) {
            length = 10 * length + digit - '0';
        }
        index += 2;
        for (int end = index + length; index < end; index++) {
            hash = (hash ^ in.getByte(index)) * PRIME;
        }
        return hash;
    }
}
