package dev.redoubt.proxy.command;

import java.util.List;

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
        LaterWrites later = new LaterWrites();
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
}
