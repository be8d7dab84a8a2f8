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

    private Fence() {}

    /**
     * A run that started at the same direct address after the old connection was in use has its port, so the old process is gone. Behind a balancer an address proves nothing, and a run that
     * is older than the loss was there before (a replica, say): then the old server may live on.
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
        boolean startedSince = now.startedNanos() > lost.run().startedNanos();
        return sameAddress && startedSince && !behindBalancer ? Step.NONE_NEEDED : Step.IMPOSSIBLE;
    }
}
