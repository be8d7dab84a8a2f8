package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Lane;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data connections to one server, by what their sessions have in common. Confined to the lane. */
final class SharedUpstreams {
    /** In an order that is the same in every run of the JVM, so that a simulation can be told again: a tenant's hash is not. */
    private final Map<UpstreamKey, SharedUpstream> byKey = new LinkedHashMap<>();

    private final UpstreamServer server;
    private final Lane lane;

    SharedUpstreams(UpstreamServer server, Lane lane) {
        this.server = server;
        this.lane = lane;
    }

    /** Made on first use. */
    SharedUpstream get(UpstreamKey key) {
        return byKey.computeIfAbsent(key, wanted -> new SharedUpstream(wanted, this, server, lane));
    }

    /** All, as they are now. */
    Collection<SharedUpstream> all() {
        return List.copyOf(byKey.values());
    }

    /** It goes by another key from now on. */
    void move(SharedUpstream one, UpstreamKey to) {
        byKey.remove(one.key());
        byKey.put(to, one);
    }

    void remove(SharedUpstream one) {
        byKey.remove(one.key());
        one.close();
    }

    void tick(long nowNanos) {
        for (SharedUpstream one : all()) {
            one.tick(nowNanos);
            if (one.isIdle(nowNanos)) {
                remove(one);
            }
        }
    }
}
