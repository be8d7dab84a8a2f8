package dev.redoubt.proxy.upstream;

/**
 * Decides what makes sure that a lost connection can no longer apply anything. A pure function.
 *
 * <p>Bytes that the network still holds can reach a server long after the connection looked dead from here; repeating a write before that is excluded could undo what somebody wrote in between.
 */
final class Fence {
    /** What there is to do. */
    enum Step {
        /** CLIENT KILL the old connection on the run that it belonged to; both 1 and 0 mean that it is gone. */
        KILL,
        /** The old process is gone for certain: nothing to do. */
        NONE_NEEDED,
        /** Nothing proves that the old connection is dead. */
        IMPOSSIBLE
    }

    /**
     * A run may have started up to this much later than {@link ServerRun#startedNanos} has it: INFO's uptime is the difference of two times in whole seconds, so that 1 may be a moment
     * or almost two seconds.
     */
    private static final long START_SPREAD_NANOS = 2_000_000_000;

    private Fence() {}

    /**
     * A run that took the same direct address since the connection was lost has the old one's port, so the old process is gone. Behind a balancer an address proves nothing. Nor does it if the
     * run was there before the loss, by the latest start that its uptime allows: then it is another server (a replica, say), to which the address now leads, and the old one may live on.
     *
     * @param lostNanos when the old connection was lost
     */
    static Step step(Identity lost, ServerRun now, long lostNanos, boolean behindBalancer) {
        if (lost.clientId() < 0 || lost.run().runId() == null || now.runId() == null) {
            return Step.IMPOSSIBLE;
        }
        if (lost.run().isSameAs(now)) {
            return Step.KILL;
        }
        boolean sameAddress = lost.run().address().equals(now.address());
        boolean startedSince = now.startedNanos() + START_SPREAD_NANOS - lostNanos >= 0;
        return sameAddress && startedSince && !behindBalancer ? Step.NONE_NEEDED : Step.IMPOSSIBLE;
    }
}
