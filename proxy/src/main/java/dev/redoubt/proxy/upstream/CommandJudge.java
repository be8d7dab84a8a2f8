package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.Logged;
import dev.redoubt.proxy.command.Call;
import dev.redoubt.proxy.command.Delivery;
import dev.redoubt.proxy.command.ReplayClass;
import java.util.List;

/** Tells what a second run of a command would do. Pure. */
public interface CommandJudge {
    /** The class of a command, or of the worst command of a unit. */
    ReplayClass replayClass(HeldCommand held);

    /** The commands that it consists of, without MULTI and EXEC; none if one of them is not known. */
    List<Call> calls(Logged logged);

    /** How long it may wait, in nanoseconds, where its user has said so; else what its client's commands have. */
    default long holdBudgetNanos(Logged logged, long ofClient) {
        return ofClient;
    }

    /** What its user has chosen for it, or for every command of a unit. */
    default Delivery delivery(HeldCommand held) {
        return Delivery.BY_CLASS;
    }
}
