package dev.redoubt.proxy.session;

import dev.redoubt.proxy.lane.Lane;
import java.time.Duration;

/**
 * Closes clients that say nothing for too long, as {@code clientsCronHandleTimeout} in timeout.c of Redis does: not those that wait for a reply, are subscribed or have a lease for their session's life. Confined to the lane.
 */
public final class SilentClients {
    private static final long LOOK_NANOS = 1_000_000_000;

    private final Clients clients;
    private final Lane lane;
    private final long limitSeconds;

    /** @param limit in whole seconds, one at least; 0 for none */
    public SilentClients(Clients clients, Lane lane, Duration limit) {
        this.clients = clients;
        this.lane = lane;
        this.limitSeconds = limit.isZero() ? 0 : Math.max(1, limit.toSeconds());
    }

    /** Begins; called once. */
    public void start() {
        if (limitSeconds > 0) {
            lane.executor().schedule(this::look, LOOK_NANOS);
        }
    }

    private void look() {
        long now = lane.nanoTime();
        clients.all().forEach(client -> look(client, now));
        lane.executor().schedule(this::look, LOOK_NANOS);
    }

    /** Its silence begins with the reply: that it waited for one is no silence. */
    private void look(ClientSession client, long now) {
        Dispatcher dispatcher = client.profile().dispatcher();
        if (client.pending() > 0
                || dispatcher.leases().isBlocking()
                || dispatcher.leases().isRelaying()
                || dispatcher.subscriptions().isSubscribed()) {
            client.profile().heard(now);
        } else if (client.profile().idleSeconds(now) > limitSeconds) {
            client.close();
        }
    }
}
