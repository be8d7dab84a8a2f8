package dev.redoubt.it.agent;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The runs of a cell that are compared with the one without an agent. */
enum Run {
    /** Once more without an agent: whether an application observes the same each time. */
    AGAIN("without, again"),
    /** All ends at the proxy. */
    REDIRECT("redirect"),
    /** The same, where another agent has changed the same classes before. */
    OTHER_AGENT_FIRST("other agent first"),
    /** The same, where another agent changes them afterwards. */
    OTHER_AGENT_SECOND("other agent second"),
    /** All is as it was, and looked at. */
    OBSERVE("observe"),
    /** All is as it was. */
    OFF("off"),
    /** No proxy: the application meets what it would meet without its Redis. */
    PROXY_DOWN("proxy down"),
    /** No proxy, and leave to go to the Redis that the application named. */
    PROXY_DOWN_DIRECT("proxy down, direct");

    static final Set<Run> WITH_AGENT = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(AGAIN)));

    final String title;

    Run(String title) {
        this.title = title;
    }
}
