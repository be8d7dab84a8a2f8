package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.UpstreamKey;
import dev.redoubt.proxy.upstream.UpstreamServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Clients to which others have redirected their invalidations, by the ids that CLIENT ID gave them. Confined to the lane. */
public final class Receivers {
    private final UpstreamServer server;
    private final Lane lane;
    private final Map<Long, Receiver> byClient = new HashMap<>();

    Receivers(UpstreamServer server, Lane lane) {
        this.server = server;
        this.lane = lane;
        server.whenRun(run -> all().forEach(receiver -> receiver.onRun(run)));
    }

    /** The one of that client; made on first use, as that user. */
    public Receiver of(long client, Receiver.Target target, @Nullable Credentials credentials) {
        return byClient.computeIfAbsent(
                client, id -> new Receiver(this, server, lane, new UpstreamKey(0, 3, credentials), target));
    }

    /** The client is gone. */
    public void onClientLeft(long client) {
        Receiver receiver = byClient.remove(client);
        if (receiver != null) {
            receiver.end();
        }
    }

    /** Nobody redirects to it any more. */
    void end(Receiver receiver) {
        byClient.values().remove(receiver);
        receiver.end();
    }

    void tick(long nowNanos) {
        all().forEach(receiver -> receiver.tick(nowNanos));
    }

    void close() {
        all().forEach(Receiver::end);
        byClient.clear();
    }

    private List<Receiver> all() {
        return List.copyOf(byClient.values());
    }
}
