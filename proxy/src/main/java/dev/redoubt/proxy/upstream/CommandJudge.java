package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.command.Delivery;
import dev.redoubt.proxy.command.ReplayClass;

/** Tells what a second run of a command would do. Pure. */
public interface CommandJudge {
    /** The class of a command, or of the worst command of a unit. */
    ReplayClass replayClass(HeldCommand held);

    /** What its user has chosen for it, or for every command of a unit. */
    default Delivery delivery(HeldCommand held) {
        return Delivery.BY_CLASS;
    }
}
