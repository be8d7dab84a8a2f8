package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.Route;

/** Where a command goes at this moment, which is not always where the table sends it: a pause, a known large reply or an outage may be in the way. One per session, confined to the lane. */
final class Routing {
    private final ClientSession session;
    private final House house;

    Routing(ClientSession session, House house) {
        this.session = session;
        this.house = house;
    }

    /** Whether CLIENT PAUSE holds the command; on a lease Redis itself does that. The session is paused then. */
    boolean isHeld(Command command, Transactions transactions, LeaseDesk leases) {
        ClientPause pause = house.clients().pause();
        if (!pause.isOn() || !leases.isFree()) {
            return false;
        }
        boolean held = transactions.isOpen()
                ? pause.holds(command.name().equals("exec") && transactions.mayWrite())
                : pause.holds(MayWrite.of(house.table(), command) == MayWrite.YES);
        if (held) {
            session.pause(Pause.PAUSED);
        }
        return held;
    }

    /** Where it goes. */
    Route of(Command command) {
        if (mayBePaused(command)) {
            return Route.BLOCKING;
        }
        Route route = command.route();
        if (route == Route.USERS) {
            house.authenticator().distrust();
            house.clients().queueDoubt().onSent(command);
            return Route.SHARED;
        }
        if (route == Route.LARGE) {
            return session.upstream().isForwarding() ? Route.LARGE : Route.SHARED; // else memory may have the answer
        }
        boolean large = (route == Route.SHARED || route == Route.CURSOR)
                && session.upstream().isForwarding()
                && isKnownAsLarge(command);
        return large ? Route.LARGE : route;
    }

    /** Whether only Redis can tell if CLIENT PAUSE holds it: it would hold the connection. */
    private boolean mayBePaused(Command command) {
        return house.clients().pause().isOn() && MayWrite.of(house.table(), command) == MayWrite.UNKNOWN;
    }

    private boolean isKnownAsLarge(Command command) {
        LargeReplies large = house.clients().largeReplies();
        return large.isActive() && large.knows(command.arguments(), house.lane().nanoTime());
    }
}
