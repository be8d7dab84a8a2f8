package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.Call;
import dev.redoubt.proxy.command.LaterWrites;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which commands in doubt must not be run again, although their class allows it, because a later one of the same client's that is in doubt too may have changed what they answer: GET k, SET k v. The GET was run
 * before the SET, and a second run would show its client the future (docs/decisions/0023). Other clients' commands have no order before they are answered. A pure function of the commands.
 */
final class Overtaken {
    private Overtaken() {}

    /** @param commands in the order in which they were sent */
    static Set<HeldCommand> among(List<HeldCommand> commands, CommandJudge judge) {
        Map<ReplySink, LaterWrites> byClient = new IdentityHashMap<>();
        Set<HeldCommand> overtaken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = commands.size() - 1; i >= 0; i--) {
            HeldCommand held = commands.get(i);
            if (held.isInDoubt()) {
                LaterWrites later = byClient.computeIfAbsent(held.owner().client(), client -> new LaterWrites());
                if (goesBefore(judge.calls(held), later)) {
                    overtaken.add(held);
                }
            }
        }
        return overtaken;
    }

    /** Adds them too. Returns whether one of them is disturbed. */
    private static boolean goesBefore(List<Call> calls, LaterWrites later) {
        if (calls.isEmpty()) {
            later.addUnknown();
        }
        boolean disturbed = calls.stream().anyMatch(later::disturb);
        calls.forEach(later::add);
        return disturbed;
    }
}
