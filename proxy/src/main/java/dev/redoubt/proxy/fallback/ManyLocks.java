package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.lockscript.LockScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Redlock's scripts about several keys at once: all of them are looked at before any is changed. */
record ManyLocks(Call call, StoreKey[] keys, byte[][] arguments) {
    void run(LockScript.AllKeys script) {
        if (arguments.length < (script == LockScript.AllKeys.RELEASE ? 1 : 2)) {
            throw Verdict.HOLD;
        }
        List<StoreKey> decided = new ArrayList<>();
        for (StoreKey key : keys) {
            if (LockCommands.isDecidedHere(call, key)) {
                decided.add(key);
            }
        }
        switch (script) {
            case ACQUIRE -> acquire(decided);
            case EXTEND -> extend(decided);
            case RELEASE -> release(decided);
        }
    }

    private void acquire(List<StoreKey> decided) {
        if (decided.stream().anyMatch(key -> call.keys().readForLock(key).exists())) {
            call.keys().counters().lockDenied();
            call.replyInteger(0);
            return;
        }
        set(decided);
        decided.forEach(key -> call.keys().counters().lockGranted());
        call.replyInteger(keys.length);
    }

    private void extend(List<StoreKey> decided) {
        if (!decided.stream().allMatch(this::isOurs)) {
            call.replyInteger(0);
            return;
        }
        set(decided);
        call.replyInteger(keys.length);
    }

    private void set(List<StoreKey> decided) {
        long expiry = LockCommands.expiry(call, arguments[1], 1);
        if (expiry <= call.nowMillis()) {
            throw Verdict.HOLD;
        }
        call.keys()
                .requireRoom(decided.stream()
                        .map(key -> new PlannedWrite(key, arguments[0]))
                        .toList());
        decided.forEach(key -> call.keys().writeLock(key, arguments[0], expiry));
    }

    private void release(List<StoreKey> decided) {
        List<StoreKey> ours = decided.stream().filter(this::isOurs).toList();
        call.keys()
                .requireRoom(ours.stream().map(key -> new PlannedWrite(key, 0)).toList());
        ours.forEach(key -> call.keys().releaseLock(key));
        call.replyInteger(ours.size() + keys.length - decided.size());
    }

    private boolean isOurs(StoreKey key) {
        byte[] current = LockCommands.string(call.keys().readForRelease(key));
        return current != null && Arrays.equals(current, arguments[0]);
    }
}
