package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.lane.LaneExecutor;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.UpstreamKey;
import dev.redoubt.proxy.upstream.UpstreamServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All subscriptions of a lane: one connection for each user. Confined to the lane. */
public final class Subscriptions {
    /** How long traffic waits for subscriptions to be restored: a server that has no connection left for them must not keep all the rest. */
    private static final long RESTORE_LIMIT_NANOS = 1_000_000_000L;

    private static final long TICK_NANOS = 1_000_000_000L;

    private final UpstreamServer server;
    private final Lane lane;
    private final SubscriptionLog log;
    private final Receivers receivers;
    private final Map<UpstreamKey, SubscriptionLink> links = new LinkedHashMap<>();
    private final List<Runnable> awaitingRestore = new ArrayList<>();
    private LaneExecutor.@Nullable Scheduled tick;

    public Subscriptions(UpstreamServer server, Lane lane) {
        this.server = server;
        this.lane = lane;
        this.log = new SubscriptionLog(server.description());
        this.receivers = new Receivers(server, lane);
        server.whenRun(run -> List.copyOf(links.values()).forEach(link -> link.onRun(run)));
    }

    /** A session's subscriptions, as that user; none yet. */
    public Subscriber subscriber(Subscriber.Client client, @Nullable Credentials credentials) {
        return new Subscriber(client, this, link(credentials));
    }

    /** A client is gone: nobody can redirect invalidations to it any more. */
    public void onClientLeft(long client) {
        receivers.onClientLeft(client);
    }

    /** Those who get other sessions' invalidations. */
    public Receivers receivers() {
        startTicking();
        return receivers;
    }

    private void startTicking() {
        if (tick == null) {
            tick = lane.executor().schedule(this::tick, TICK_NANOS);
        }
    }

    SubscriptionLink link(@Nullable Credentials credentials) {
        startTicking();
        return links.computeIfAbsent(
                new UpstreamKey(0, 3, credentials), key -> new SubscriptionLink(this, server, lane, key));
    }

    SubscriptionLog log() {
        return log;
    }

    /** Sends clients what they were given. */
    void flushClients() {
        server.dirtySinks().flush();
    }

    /** Whether anywhere Redis counts fewer subscribers than there are. */
    public boolean hasSurplus() {
        for (SubscriptionLink link : links.values()) {
            if (link.topics().hasSurplus()) {
                return true;
            }
        }
        return false;
    }

    /** How many receivers of a message to that channel Redis does not count. */
    public int audienceSurplus(Kind kind, byte[] channel) {
        int surplus = 0;
        for (SubscriptionLink link : links.values()) {
            surplus += link.topics().surplus(kind, channel);
            surplus += kind == Kind.CHANNEL ? link.topics().matchingSurplus(channel) : 0;
        }
        return surplus;
    }

    /** How many subscribers of that very channel Redis does not count. */
    public int subscriberSurplus(Kind kind, byte[] channel) {
        int surplus = 0;
        for (SubscriptionLink link : links.values()) {
            surplus += link.topics().surplus(kind, channel);
        }
        return surplus;
    }

    /** Subscription connections that are open. */
    public int open() {
        return (int) links.values().stream().filter(SubscriptionLink::isOpen).count();
    }

    // ---- before traffic

    /** Runs the task when everybody is subscribed again, so that nobody misses what is published next; after a second in any case. */
    public void whenRestored(Runnable task) {
        if (isRestored()) {
            task.run();
            return;
        }
        awaitingRestore.add(task);
        lane.executor().schedule(() -> goOn(List.of(task)), RESTORE_LIMIT_NANOS);
    }

    /** The control connection is lost: whoever waited asks again. */
    public void forgetWaiters() {
        awaitingRestore.clear();
    }

    private boolean isRestored() {
        return links.values().stream().allMatch(link -> link.isRestored() || !link.isNeeded());
    }

    void onProgress() {
        if (!awaitingRestore.isEmpty() && isRestored()) {
            goOn(List.copyOf(awaitingRestore));
        }
    }

    private void goOn(List<Runnable> tasks) {
        for (Runnable task : tasks) {
            if (awaitingRestore.remove(task)) {
                task.run();
            }
        }
    }

    private void tick() {
        long now = lane.nanoTime();
        links.values().forEach(link -> link.tick(now));
        receivers.tick(now);
        tick = lane.executor().schedule(this::tick, TICK_NANOS);
    }

    /** Closes all connections; the sessions have ended. */
    public void close() {
        if (tick != null) {
            tick.cancel();
        }
        links.values().forEach(SubscriptionLink::close);
        receivers.close();
    }
}
