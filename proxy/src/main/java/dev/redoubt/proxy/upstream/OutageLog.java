package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.log.Repeats;
import dev.redoubt.proxy.status.Counters;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each change of the upstream's state, and few for what repeats itself: what happened, since when, what the proxy
 * does now, what to do. Confined to the lane.
 *
 * <pre>
 *   CONNECTING --back--> UP --stalled--> STALLED
 *        |               ^ |               |
 *      failed        back| +--lost,failed--+--> AWAY
 *        +-- stays -----------------------------^ back leads to UP from everywhere
 * </pre>
 */
final class OutageLog {
    private enum State {
        CONNECTING,
        UP,
        STALLED,
        AWAY
    }

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamServer.class);

    private final Supplier<String> upstream;
    private final Lane lane;
    private final Counters counters;
    private final Repeats repeats;
    private State state = State.CONNECTING;
    private Toll tollWhileUp;
    private @Nullable ServerRun lastRun;
    private long sinceNanos;
    private long sinceEpochMillis;
    private long failures;

    OutageLog(Supplier<String> upstream, Lane lane, Counters counters) {
        this.upstream = upstream;
        this.lane = lane;
        this.counters = counters;
        this.repeats = new Repeats((task, nanos) -> lane.executor().schedule(task, nanos));
        this.tollWhileUp = Toll.of(counters);
        sinceNow();
    }

    void connecting() {
        LOG.atInfo().addKeyValue("upstream", upstream.get()).log("Connecting to Redis; commands wait until it answers");
    }

    void disabled() {
        LOG.atInfo()
                .addKeyValue("advice", "to use a Redis, name it with --upstream and take REDIS_DISABLED away")
                .log(
                        "There is no Redis by configuration; memory answers, and what it holds is lost when the proxy stops");
    }

    /** A few times a second, so that the lines of an outage count what it cost, and not what was before. */
    void tick() {
        if (state == State.UP) {
            tollWhileUp = Toll.of(counters);
        }
    }

    /** A connection that stood is gone. */
    void lost(String cause) {
        if (begin(State.AWAY)) {
            about(LOG.atWarn(), cause).log("Redis is lost; commands wait, and go out in order when it is back");
        }
    }

    /** A connection could not be opened. */
    void failed(String cause) {
        failures++;
        if (begin(State.AWAY)) {
            about(LOG.atWarn(), cause)
                    .log("Redis takes no new connection; commands wait, and go out in order when it does");
        } else {
            repeats.happened(cause, times -> stillAway(cause, times));
        }
    }

    private void stillAway(String cause, long times) {
        LoggingEventBuilder line = about(LOG.atWarn(), cause).addKeyValue("attempts", times);
        told(line).log("Redis cannot be reached; commands wait for it, and it is tried again and again");
    }

    void stalled(long beganNanos) {
        if (begin(State.STALLED)) {
            sinceEpochMillis -= (sinceNanos - beganNanos) / 1_000_000;
            sinceNanos = beganNanos;
            about(LOG.atWarn(), Advice.STALLED)
                    .log(
                            "Redis takes commands and does not answer; its connection is kept, what it has waits for its replies, and what is new waits here");
        }
    }

    /** All commands are forwarded. */
    void back(String version, @Nullable ServerRun run) {
        boolean isNewRun = run != null && lastRun != null && run.isKnownToDifferFrom(lastRun);
        lastRun = run;
        switch (state) {
            case CONNECTING ->
                to(version).addKeyValue("attempts", failures + 1).log("Connected to Redis; commands are forwarded");
            case STALLED -> told(to(version)).log("Redis answers again; commands are forwarded");
            case AWAY ->
                told(to(version).addKeyValue("newRun", isNewRun).addKeyValue("attempts", failures + 1))
                        .log("Redis is back; commands are forwarded");
            case UP -> {}
        }
        state = State.UP;
        failures = 0;
        repeats.forget();
        tick();
    }

    /** A connection that nobody used is gone: that is no outage. */
    void ended(String cause) {
        repeats.happened(
                "ended: " + cause,
                times -> LOG.atInfo()
                        .addKeyValue("upstream", upstream.get())
                        .addKeyValue("cause", cause)
                        .addKeyValue("connections", times)
                        .log("A connection to Redis that nobody used has ended; another one takes its place"));
    }

    void fenced(int connections) {
        LOG.atInfo()
                .addKeyValue("upstream", upstream.get())
                .addKeyValue("connections", connections)
                .log("Lost connections are fenced: nothing that was sent on them can arrive any more");
    }

    void unfenceable(String cause) {
        repeats.happened(
                "unfenceable: " + cause,
                times -> LOG.atWarn()
                        .addKeyValue("upstream", upstream.get())
                        .addKeyValue("cause", cause)
                        .addKeyValue("connections", times)
                        .addKeyValue(
                                "advice",
                                "after a failover this is as it must be; else allow the user INFO and CLIENT KILL")
                        .log(
                                "A lost connection cannot be fenced; writes that were in flight on it are answered with -INDOUBT, not repeated"));
    }

    /** Whether that state is new. What began as a stall keeps its beginning when the connection is lost too. */
    private boolean begin(State next) {
        if (state == State.UP) {
            sinceNow();
        } else if (state != State.STALLED || next == State.STALLED) {
            return false;
        }
        state = next;
        return true;
    }

    private void sinceNow() {
        sinceNanos = lane.nanoTime();
        sinceEpochMillis = lane.clock().epochMillis();
    }

    private long awayMillis() {
        return (lane.nanoTime() - sinceNanos) / 1_000_000;
    }

    private LoggingEventBuilder about(LoggingEventBuilder line, String cause) {
        return line.addKeyValue("upstream", upstream.get())
                .addKeyValue("cause", cause)
                .addKeyValue("since", Instant.ofEpochMilli(sinceEpochMillis).toString())
                .addKeyValue("advice", Advice.on(cause));
    }

    private LoggingEventBuilder to(String version) {
        return LOG.atInfo().addKeyValue("upstream", upstream.get()).addKeyValue("version", version);
    }

    private LoggingEventBuilder told(LoggingEventBuilder line) {
        return Toll.of(counters).minus(tollWhileUp).addTo(line.addKeyValue("awayMillis", awayMillis()));
    }
}
