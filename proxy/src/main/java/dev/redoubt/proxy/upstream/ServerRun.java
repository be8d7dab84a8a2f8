package dev.redoubt.proxy.upstream;

import org.jspecify.annotations.Nullable;

/**
 * One run of one server process, as INFO told it. Immutable.
 *
 * @param runId INFO's run_id; null where INFO was denied
 * @param replicationId INFO's master_replid: which history of data it has, its own or its primary's; null where INFO was denied
 * @param address where we reached it, resolved
 * @param startedNanos when the process started, on this proxy's monotonic clock (INFO's uptime_in_seconds has whole seconds: it may be a second later, and earlier by as
 *     long as INFO's reply took)
 */
public record ServerRun(@Nullable String runId, @Nullable String replicationId, String address, long startedNanos) {
    /** One whose replication id is not known. */
    public ServerRun(@Nullable String runId, String address, long startedNanos) {
        this(runId, null, address, startedNanos);
    }

    /** Whether nothing says that iterations and watches of the other one mean nothing here: it is not known to be another process, nor to have gone over to another history of data. */
    public boolean hasSameData(ServerRun other) {
        boolean otherHistory =
                replicationId != null && other.replicationId != null && !replicationId.equals(other.replicationId);
        return !isKnownToDifferFrom(other) && !otherHistory;
    }

    /** Whether both are known and the same process. */
    public boolean isSameAs(ServerRun other) {
        return runId != null && runId.equals(other.runId);
    }

    /** Whether both are known and two processes. */
    boolean isKnownToDifferFrom(ServerRun other) {
        return runId != null && other.runId != null && !isSameAs(other);
    }

    /** Whether this is a younger process at the other one's address. */
    boolean hasReplaced(ServerRun older) {
        return isKnownToDifferFrom(older) && address.equals(older.address()) && startedNanos > older.startedNanos();
    }
}
