package dev.redoubt.proxy;

import dev.redoubt.proxy.session.Clients;
import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.status.Gauge;
import dev.redoubt.proxy.status.Gauges;
import dev.redoubt.proxy.status.ProxyState;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.upstream.LeasePool;
import dev.redoubt.proxy.upstream.ServerRun;
import dev.redoubt.proxy.upstream.SharedUpstream;
import dev.redoubt.proxy.upstream.UpstreamServer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Takes the lane's status. Confined to the lane. */
record StatusReport(
        UpstreamServer server,
        LeasePool leases,
        Clients clients,
        Counters counters,
        @Nullable FallbackParts fallback) {
    ProxyStatus snapshot() {
        ServerRun run = server.run();
        long roundTrip = server.roundTripNanos();
        return new ProxyStatus(
                state(),
                server.stateSinceEpochMillis(),
                server.isDisabled() ? null : server.description(),
                server.wasSeen(),
                state() == ProxyState.UP ? null : server.lastError(),
                roundTrip < 0 ? OptionalLong.empty() : OptionalLong.of(roundTrip / 1_000),
                server.facts().isKnown() ? server.facts().version() : null,
                run == null ? null : run.runId(),
                counted(),
                gauges(),
                fallback == null ? List.of() : fallback.store().conflicts(),
                leases.holders());
    }

    private Counters counted() {
        Counters all = counters.copy();
        if (fallback != null) {
            fallback.report(all);
        }
        return all;
    }

    private ProxyState state() {
        if (server.isDisabled()) {
            return ProxyState.MEMORY_ONLY;
        }
        boolean fallback = server.allShared().stream().anyMatch(SharedUpstream::isFallback);
        boolean forwarding = server.isUp() && server.allShared().stream().allMatch(SharedUpstream::isForwardingOrIdle);
        if (forwarding) {
            return ProxyState.UP;
        }
        if (fallback) {
            return ProxyState.FALLBACK;
        }
        return server.wasSeen() ? ProxyState.HOLDING : ProxyState.CONNECTING;
    }

    private Gauges gauges() {
        long inFlight = 0;
        long held = 0;
        long ready = 0;
        for (SharedUpstream shared : server.allShared()) {
            long commands = shared.commands();
            inFlight += shared.isForwarding() ? commands : 0;
            held += shared.isForwarding() ? 0 : commands;
            ready += shared.isForwarding() ? 1 : 0;
        }
        Gauges gauges = new Gauges();
        if (fallback != null) {
            fallback.report(gauges);
        }
        return gauges.set(Gauge.CLIENTS, clients.size())
                .set(Gauge.IN_FLIGHT, inFlight)
                .set(Gauge.BACKLOG_COMMANDS, held)
                .set(Gauge.BACKLOG_BYTES, server.backlogBytes().bytes())
                .set(Gauge.CLIENT_BYTES, clients.bytes().bytes())
                .set(Gauge.UPSTREAM_CONNECTIONS, ready)
                .set(Gauge.LEASES, leases.held())
                .set(Gauge.LEASES_MAX, leases.max());
    }
}
