package dev.redoubt.proxy.command;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides the replay class of calls and of transactions. Pure functions. */
public final class Replays {
    private Replays() {}

    /** The class of one call; what no server at hand could prove is UNKNOWN, and so is a call that Redis would refuse. */
    public static ReplayClass replayClass(CommandSpec spec, byte[][] args) {
        CommandSpec called = spec.of(args);
        if (!called.isProven() || !called.acceptsArgumentCount(args.length)) {
            return ReplayClass.UNKNOWN;
        }
        ReplayRule rule = called.treatment().replayRule();
        return rule == null ? called.treatment().replayClass() : rule.decide(called, args);
    }

    /**
     * The class of calls that take effect as one: their worst, and DESTRUCTIVE_READ if one of them reads what a later one
     * writes. GET k, SET k v is a GETSET: a second run would find what the first one wrote.
     *
     * @param calls what stands between MULTI and EXEC, in order
     */
    public static ReplayClass ofTransaction(List<Call> calls) {
        ReplayClass worst = ReplayClass.READ;
        WrittenKeys later = new WrittenKeys();
        for (int i = calls.size() - 1; i >= 0; i--) {
            Call call = calls.get(i);
            ReplayClass replayClass = call.replayClass();
            worst = worst.or(replayClass);
            if (later.disturb(call, replayClass)) {
                worst = worst.or(ReplayClass.DESTRUCTIVE_READ);
            }
            later.add(call, replayClass);
        }
        return worst;
    }

    /** Whether {@code later} may change what a second run of {@code earlier} answers; both may be any calls. */
    public static boolean disturbs(Call later, Call earlier) {
        WrittenKeys written = new WrittenKeys();
        written.add(later, later.replayClass());
        return written.disturb(earlier, earlier.replayClass());
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

    /** What calls further back in a unit write. */
    private static final class WrittenKeys {
        private final Set<ByteBuffer> all = new HashSet<>();
        private final Set<ByteBuffer> byOtherThanHashFields = new HashSet<>();
        private boolean anything;

        void add(Call call, ReplayClass replayClass) {
            if (isRead(replayClass)) {
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
            boolean named = Arrays.stream(keys)
                    .anyMatch(position -> written.contains(ByteBuffer.wrap(call.argument(position))));
            return named || anything && keys.length > 0;
        }
    }
}
