package dev.redoubt.proxy.command;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What calls write that come later: they are added from the last one on, and each earlier one is asked whether its second run would be answered differently for them. Confined to whoever made it. */
public final class LaterWrites {
    private final Set<ByteBuffer> all = new HashSet<>();
    private final Set<ByteBuffer> byOtherThanHashFields = new HashSet<>();
    private boolean anything;

    /** One call more, which comes before those that were added. */
    public void add(Call call) {
        add(call, call.replayClass());
    }

    /** The same for a command that nobody has heard of. */
    public void addUnknown() {
        anything = true;
    }

    /** Whether they may change what a second run of that earlier call answers. */
    public boolean disturb(Call call) {
        return disturb(call, call.replayClass());
    }

    /** Whether they may write a key that this call names, or the call may touch any. */
    public boolean meet(Call call) {
        return hold(call, all);
    }

    void add(Call call, ReplayClass replayClass) {
        if (isRead(replayClass) || !call.isWellFormed()) {
            return;
        }
        int[] keys = namesAllKeys(replayClass) ? call.keys() : null;
        if (keys == null) {
            anything = true;
            return;
        }
        for (int position : keys) {
            ByteBuffer key = ByteBuffer.wrap(call.argument(position));
            all.add(key);
            if (!writesHashFields(call)) {
                byOtherThanHashFields.add(key);
            }
        }
    }

    boolean disturb(Call call, ReplayClass replayClass) {
        if (isRead(replayClass)) {
            return hold(call, all);
        }
        return writesHashFields(call) && hold(call, byOtherThanHashFields);
    }

    private boolean hold(Call call, Set<ByteBuffer> written) {
        int[] keys = call.keys();
        if (keys == null) {
            return anything || !written.isEmpty();
        }
        boolean named =
                Arrays.stream(keys).anyMatch(position -> written.contains(ByteBuffer.wrap(call.argument(position))));
        return named || anything && keys.length > 0;
    }

    private static boolean isRead(ReplayClass replayClass) {
        return replayClass == ReplayClass.READ || replayClass == ReplayClass.CURSOR;
    }

    private static boolean namesAllKeys(ReplayClass replayClass) {
        return replayClass != ReplayClass.UNIT && replayClass != ReplayClass.UNKNOWN;
    }

    /** HSET and HMSET fail where a key of another type has come up since; SET and its kind never look at the key. */
    private static boolean writesHashFields(Call call) {
        return call.spec().name().equals("hset") || call.spec().name().equals("hmset");
    }
}
