package dev.redoubt.proxy;

import dev.redoubt.proxy.fallback.FallbackStats;
import dev.redoubt.proxy.lane.Lane;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One line when memory begins to answer, one when Redis has all that it acknowledged, and few about what is between. Confined to the lane. */
final class FallbackLog {
    private static final Logger LOG = LoggerFactory.getLogger(OutageMemory.class);

    private final Lane lane;
    private @Nullable FallbackStats entered;
    private long enteredNanos;
    private long refusedWrites;

    FallbackLog(Lane lane) {
        this.lane = lane;
    }

    /** Memory answers. Called as often as that is begun; told once an outage. */
    void entered(FallbackStats stats, boolean redisHasTheTruth) {
        if (entered != null) {
            return;
        }
        entered = stats;
        enteredNanos = lane.nanoTime();
        LoggingEventBuilder line = LOG.atWarn();
        if (redisHasTheTruth) {
            line.addKeyValue("advice", "bring Redis back; until then a value may be older than what others wrote")
                    .log("Memory answers what it can; the rest waits for Redis until its hold budget ends");
        } else {
            line.addKeyValue(
                            "advice",
                            "bring Redis up, or correct --upstream; with REDIS_DISABLED=1 it is not looked for")
                    .log(
                            "No Redis has been seen since the start; memory is taken for the truth, and a key that it does not know for absent");
        }
    }

    /** Redis has everything. */
    void left(FallbackStats stats) {
        FallbackStats before = entered;
        if (before == null) {
            return;
        }
        entered = null;
        long conflicts = stats.conflicts() - before.conflicts();
        LoggingEventBuilder line = (conflicts > 0 ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("lastedMillis", (lane.nanoTime() - enteredNanos) / 1_000_000)
                .addKeyValue("hits", stats.hits() - before.hits())
                .addKeyValue("misses", stats.misses() - before.misses())
                .addKeyValue("writes", stats.writes() - before.writes())
                .addKeyValue(
                        "locksGranted", stats.locks().granted() - before.locks().granted())
                .addKeyValue(
                        "locksDenied", stats.locks().denied() - before.locks().denied())
                .addKeyValue(
                        "lockClashes", stats.locks().clashes() - before.locks().clashes())
                .addKeyValue("replayed", stats.replayed() - before.replayed())
                .addKeyValue("conflicts", conflicts);
        if (conflicts > 0) {
            line.addKeyValue(
                            "advice",
                            "others wrote to these keys meanwhile, and their values stand; recovery.set chooses who wins")
                    .log(
                            "Reconciled, with conflicts: some acknowledged writes did not go to Redis; memory answers no more");
        } else {
            line.log("Reconciled: Redis has what memory acknowledged; memory answers no more");
        }
    }

    /** Redis takes no journal now. */
    void paused(@Nullable String problem, int entries) {
        lane.repeats()
                .happened(
                        "journal paused: " + problem,
                        times -> LOG.atWarn()
                                .addKeyValue("cause", problem)
                                .addKeyValue("journalEntries", entries)
                                .addKeyValue("attempts", times)
                                .addKeyValue(
                                        "advice",
                                        "Redis must take writes again: look at its memory, its disk and its role")
                                .log(
                                        "Redis is there and does not take the journal; memory keeps it, goes on answering, and tries again"));
    }

    /** A command was refused: told if it was a write that the journal had no room for. */
    void refused(FallbackStats stats) {
        if (stats.refused() == refusedWrites) {
            return;
        }
        refusedWrites = stats.refused();
        lane.repeats()
                .happened(
                        "journal full",
                        times -> LOG.atWarn()
                                .addKeyValue("journalEntries", stats.journalEntries())
                                .addKeyValue("journalBytes", stats.journalBytes())
                                .addKeyValue("times", times)
                                .addKeyValue(
                                        "advice",
                                        "bring Redis back, or raise journal.max-bytes and journal.max-entries")
                                .log("The journal is full; writes get -UNAVAILABLE until Redis is back"));
    }
}
