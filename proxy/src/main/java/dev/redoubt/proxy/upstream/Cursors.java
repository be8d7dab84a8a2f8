package dev.redoubt.proxy.upstream;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which run of the server has given which cursor, of the latest {@link #MOST}: another run would take it and silently give an incomplete iteration (docs/decisions/0022). Bounded, and it may forget: a cursor that is not
 * known is passed on. Confined to the lane.
 *
 * <p>By database, command, key and cursor, not by client: an iteration goes on over whatever connection its client takes from its pool. Kept as hashes; two that collide are one cursor that both runs have given.
 */
public final class Cursors {
    static final int MOST = 10_000;

    private static final long SEED = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private final Map<Long, ServerRun> givenBy = new LinkedHashMap<>();

    /** That run has answered that call with this cursor; 0 is none, as it ends the iteration. */
    public void given(int database, byte[][] call, byte[] cursor, @Nullable ServerRun by) {
        if (by == null || (cursor.length == 1 && cursor[0] == '0')) {
            return;
        }
        long hash = hash(database, call, cursor);
        givenBy.remove(hash);
        givenBy.put(hash, by);
        if (givenBy.size() > MOST) {
            givenBy.remove(givenBy.keySet().iterator().next());
        }
    }

    /** That run was to go on from the cursor in that call, and refused it for its state: as far as anybody knows its client has it from there. */
    void asked(int database, byte[][] call, @Nullable ServerRun by) {
        if (call.length > cursorPosition(call)) {
            byte[] cursor = call[cursorPosition(call)];
            if (!givenBy.containsKey(hash(database, call, cursor))) {
                given(database, call, cursor, by);
            }
        }
    }

    /** Whether the cursor in that call (of SCAN, HSCAN, SSCAN or ZSCAN) was given by a run that this one does not continue, and not by this one too. */
    public boolean isLost(int database, byte[][] call, @Nullable ServerRun now) {
        if (now == null || call.length <= cursorPosition(call)) {
            return false;
        }
        ServerRun by = givenBy.get(hash(database, call, call[cursorPosition(call)]));
        return by != null && !by.hasSameData(now);
    }

    boolean isEmpty() {
        return givenBy.isEmpty();
    }

    /** SCAN has no key. */
    private static int cursorPosition(byte[][] call) {
        return call[0].length == "scan".length() ? 1 : 2;
    }

    private static long hash(int database, byte[][] call, byte[] cursor) {
        long hash = (SEED ^ database) * PRIME;
        for (byte letter : call[0]) {
            hash = (hash ^ (letter | 0x20)) * PRIME;
        }
        for (int i = 1; i < cursorPosition(call); i++) {
            hash = add(hash, call[i]);
        }
        return add(hash, cursor);
    }

    private static long add(long before, byte[] bytes) {
        long hash = (before ^ bytes.length) * PRIME;
        for (byte value : bytes) {
            hash = (hash ^ value) * PRIME;
        }
        return hash;
    }
}
