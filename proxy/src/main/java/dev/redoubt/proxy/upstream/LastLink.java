package dev.redoubt.proxy.upstream;

import org.jspecify.annotations.Nullable;

/** What is known of the connection that a {@link SharedUpstream} has, or had last, and so of what was in flight on it. Confined to the lane. */
final class LastLink {
    private final SharedUpstream shared;
    private final UpstreamServer server;
    private @Nullable Identity identity;
    private LossPolicy.Link fate = LossPolicy.Link.UNKNOWN;

    LastLink(SharedUpstream shared, UpstreamServer server) {
        this.shared = shared;
        this.server = server;
    }

    /** Null before the first. */
    @Nullable
    Identity identity() {
        return identity;
    }

    /** The run of the server that it belongs to; null before the first. */
    @Nullable
    ServerRun run() {
        Identity known = identity;
        return known == null ? null : known.run();
    }

    /** There is another one; nothing was sent on it yet. */
    void connected(Identity as) {
        fate = fate.before(identity, as);
        identity = as;
    }

    /** What has become of the one that was lost. */
    void fenced(LossPolicy.Link result) {
        fate = result;
    }

    /** It is lost: settles what can be settled before anything is known of it. The last bytes never left for the kernel. */
    void settleLoss(long unsentBytes) {
        settlement(LossPolicy.Link.UNKNOWN, null).settle(unsentBytes);
        server.dirtySinks().flush();
    }

    /** Settles all that is left, before it goes out on the new one. */
    void settleRest() {
        settlement(fate, run()).settle(0);
        server.dirtySinks().flush();
        fate = LossPolicy.Link.UNKNOWN;
    }

    private LossSettlement settlement(LossPolicy.Link link, @Nullable ServerRun next) {
        long oldest = server.lane().nanoTime() - server.timings().replayWindow().toNanos();
        return new LossSettlement(shared, server, link, oldest, next);
    }
}
