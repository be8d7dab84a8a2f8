package dev.redoubt.proxy.command;

import java.util.Set;

/** Decides which commands somebody waits for whose lock runs out meanwhile. A pure function of the call; what it takes for urgent and is not costs nothing but its place in a queue. */
public final class Urgency {
    private static final Set<String> EXPIRIES = Set.of("expire", "pexpire", "expireat", "pexpireat", "setnx");
    private static final Set<String> SCRIPTS = Set.of("eval", "evalsha", "fcall");
    private static final int OPTIONS_OF_SET = 3;

    private Urgency() {}

    /** Whether it takes, prolongs or gives back a lock, as far as its form tells: a new time to live, a SET under a condition, a script about one key. */
    public static boolean isUrgent(Call call) {
        String name = call.spec().name();
        if (name.equals("set")) {
            return has(call, "nx") || has(call, "xx");
        }
        return EXPIRIES.contains(name)
                || (SCRIPTS.contains(name) && call.count() > 2 && Args.is(call.argument(2), "1"));
    }

    private static boolean has(Call set, String option) {
        for (int i = OPTIONS_OF_SET; i < set.count(); i++) {
            if (Args.is(set.argument(i), option)) {
                return true;
            }
        }
        return false;
    }
}
