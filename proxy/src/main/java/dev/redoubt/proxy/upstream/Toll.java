package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Counters;
import org.slf4j.spi.LoggingEventBuilder;

/** What outages have cost so far, in commands: held in the backlog, repeated, and ended with each of the proxy's own errors. Immutable. */
record Toll(long held, long repeated, long inDoubt, long unavailable, long backlogFull) {
    static Toll of(Counters counters) {
        return new Toll(
                counters.get(Counter.HELD),
                counters.get(Counter.RESENT_READ)
                        + counters.get(Counter.RESENT_CURSOR)
                        + counters.get(Counter.RESENT_LAST_WINS)
                        + counters.get(Counter.RESENT_AT_LEAST_ONCE),
                counters.get(Counter.IN_DOUBT),
                counters.get(Counter.UNAVAILABLE),
                counters.get(Counter.BACKLOG_FULL));
    }

    Toll minus(Toll before) {
        return new Toll(
                held - before.held,
                repeated - before.repeated,
                inDoubt - before.inDoubt,
                unavailable - before.unavailable,
                backlogFull - before.backlogFull);
    }

    LoggingEventBuilder addTo(LoggingEventBuilder line) {
        return line.addKeyValue("held", held)
                .addKeyValue("repeated", repeated)
                .addKeyValue("inDoubt", inDoubt)
                .addKeyValue("unavailable", unavailable)
                .addKeyValue("backlogFull", backlogFull);
    }
}
