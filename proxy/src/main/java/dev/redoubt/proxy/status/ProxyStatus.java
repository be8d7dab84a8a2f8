package dev.redoubt.proxy.status;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One moment of the proxy, taken on its lane. Immutable, so any thread may read it.
 *
 * @param sinceEpochMillis when this state began
 * @param upstreamAddress {@code host:port}, without credentials; null where there is no Redis by configuration
 * @param everConnected whether an upstream has answered since the start
 * @param lastError why the upstream is away, or was last; null if it never was
 * @param responseTimeMicros of the last probe of the upstream; empty before the first
 * @param redisVersion as INFO said; null while unknown
 * @param runId of the server run last seen; null while unknown
 * @param conflicts the newest acknowledged writes that Redis did not take, oldest first, by hashes of their keys or as the settings say
 * @param leases who holds an upstream connection alone; the oldest first
 */
public record ProxyStatus(
        ProxyState state,
        long sinceEpochMillis,
        @Nullable String upstreamAddress,
        boolean everConnected,
        @Nullable String lastError,
        OptionalLong responseTimeMicros,
        @Nullable String redisVersion,
        @Nullable String runId,
        Counters counters,
        Gauges gauges,
        List<String> conflicts,
        List<LeaseHolder> leases) {
    public ProxyStatus {
        conflicts = List.copyOf(conflicts);
        leases = List.copyOf(leases);
    }

    /** Whether the upstream answers now. */
    public boolean isConnected() {
        return state == ProxyState.UP;
    }
}
