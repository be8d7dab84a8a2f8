package dev.redoubt.proxy.command;

import org.jspecify.annotations.Nullable;

/**
 * What we say about a command, which Redis does not.
 *
 * @param route the route, unless there is a rule for it
 * @param replayClass the class, unless there is a rule for it
 * @param since the version of Redis that brought it, as in the table file
 * @param proven whether a server at hand could prove the class
 */
record CommandTreatment(
        Route route,
        @Nullable RouteRule routeRule,
        ReplayClass replayClass,
        @Nullable ReplayRule replayRule,
        Fallback fallback,
        String since,
        boolean proven) {

    /** A command that nobody here has heard of: forwarded, and never replayed. */
    static CommandTreatment ofStranger(boolean blocking) {
        Route route = blocking ? Route.BLOCKING : Route.SHARED;
        return new CommandTreatment(route, null, ReplayClass.UNKNOWN, null, Fallback.NONE, "", false);
    }
}
