package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.upstream.DataConnection;
import dev.redoubt.proxy.upstream.Identity;
import dev.redoubt.proxy.upstream.Requests;
import dev.redoubt.proxy.upstream.ServerRun;
import dev.redoubt.proxy.upstream.UpstreamKey;
import dev.redoubt.proxy.upstream.UpstreamServer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection over which all sessions of one user subscribe, through all its losses (docs/decisions/0006). Confined to the lane.
 *
 * <pre>
 *   CLOSED --somebody wants it--> CONNECTING --handshake--> OPEN: restores, then what waits
 *     ^                              |                        |
 *     +---------- failed ------------+-------- lost ----------+
 * </pre>
 */
final class SubscriptionLink {
    private enum Phase {
        CLOSED,
        CONNECTING,
        OPEN
    }

    private static final int RESTORE_BATCH = 512;
    private static final Set<String> NOT_NOW = Set.of("BUSY", "LOADING", "MASTERDOWN");
    private static final long BUSY_RETRY_NANOS = 100_000_000;

    private final Subscriptions subscriptions;
    private final UpstreamServer server;
    private final Lane lane;
    private final UpstreamKey key;
    private final Topics topics = new Topics(this);
    private final Operations operations;
    private final Runnable flush = this::flush;
    private final Set<Restore> restoring = new HashSet<>();
    private Phase phase = Phase.CLOSED;
    private @Nullable Channel channel;
    private @Nullable Identity identity;
    private @Nullable ByteBuf unsent;
    private boolean trusted;
    private boolean closed;
    private int failedAttempts;
    private long aliveNanos;
    private long inFlightSinceNanos;
    private long downSinceNanos;

    SubscriptionLink(Subscriptions subscriptions, UpstreamServer server, Lane lane, UpstreamKey key) {
        this.subscriptions = subscriptions;
        this.server = server;
        this.lane = lane;
        this.key = key;
        this.operations = new Operations(subscriptions, server, lane);
        this.downSinceNanos = lane.nanoTime();
    }

    Topics topics() {
        return topics;
    }

    // ---- operations

    void submit(Operation operation) {
        if (phase == Phase.OPEN) {
            send(operation);
        } else if (server.isDisabled() && !operation.isDoneByLoss()) {
            operation.onError(
                    "UNAVAILABLE there is no Redis by configuration, and the proxy has no Pub/Sub of its own; it was not applied");
        } else {
            operations.await(operation);
            connect();
        }
    }

    /** Leaves names that no session wants any more. */
    void drop(Kind kind, List<byte[]> names) {
        if (phase == Phase.OPEN) {
            send(new Drop(kind, names));
        }
    }

    private void send(Operation operation) {
        ByteBuf out = unsent;
        if (out == null) {
            out = lane.allocator().directBuffer();
            unsent = out;
            lane.atEndOfTurn(flush);
        }
        if (!operations.areInFlight()) {
            inFlightSinceNanos = lane.nanoTime();
        }
        operations.send(operation, out);
    }

    private void flush() {
        ByteBuf out = unsent;
        unsent = null;
        if (out == null) {
            return;
        }
        if (channel == null) {
            out.release();
        } else {
            channel.writeAndFlush(out, channel.voidPromise());
        }
    }

    // ---- the connection

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Whether a new run of Redis knows all that this connection is to get. */
    boolean isRestored() {
        return phase == Phase.OPEN && restoring.isEmpty();
    }

    /** Whether sessions are subscribed over it. */
    boolean isNeeded() {
        return !topics.isEmpty() || operations.areWaiting();
    }

    /** Opens it, if somebody wants it and Redis can be reached. */
    void connect() {
        if (phase != Phase.CLOSED || closed || !isNeeded() || !server.isUp()) {
            return;
        }
        phase = Phase.CONNECTING;
        new DataConnection("subscriptions", server, lane, key, new DataConnection.Outcome() {
                    @Override
                    public void ready(Channel connected, Identity as) {
                        onConnected(connected, as);
                    }

                    @Override
                    public void failed(String cause) {
                        onConnectFailed(cause);
                    }
                })
                .open();
    }

    private void onConnected(Channel connected, Identity as) {
        if (closed) {
            connected.close();
            return;
        }
        phase = Phase.OPEN;
        trusted = true;
        failedAttempts = 0;
        channel = connected;
        identity = as;
        aliveNanos = lane.nanoTime();
        connected.pipeline().replace(Requests.class, "subscriptions", new FrameStream(new Frames()));
        restoreAll();
        operations.takeWaiting().forEach(this::send);
        subscriptions.onProgress();
    }

    private void restoreAll() {
        for (Kind kind : Kind.values()) {
            List<byte[]> names = topics.joined(kind);
            int batch = kind == Kind.SHARD
                    ? 1
                    : RESTORE_BATCH; // a cluster refuses channels of several slots in one command
            for (int from = 0; from < names.size(); from += batch) {
                restore(kind, names.subList(from, Math.min(from + batch, names.size())));
            }
        }
    }

    void restore(Kind kind, List<byte[]> names) {
        Restore restore = new Restore(this, kind, names);
        restoring.add(restore);
        send(restore);
    }

    void onRestored(Restore restore) {
        restoring.remove(restore);
        if (restoring.isEmpty()) {
            subscriptions.onProgress();
        }
    }

    /** Redis does not subscribe us to that name again. */
    void onRefused(Kind kind, byte[] name, String error) {
        if (NOT_NOW.contains(error.split(" ", 2)[0])) {
            lane.executor().schedule(() -> retry(kind, name), BUSY_RETRY_NANOS);
            return;
        }
        Topic topic = topics.find(kind, new Name(name));
        if (topic != null) {
            List.copyOf(topic.members()).forEach(member -> member.client().onRevoked());
        }
    }

    private void retry(Kind kind, byte[] name) {
        if (phase == Phase.OPEN) {
            restore(kind, List.of(name));
        }
    }

    private void onConnectFailed(String cause) {
        phase = Phase.CLOSED;
        failedAttempts++;
        if (DataConnection.isRefusal(cause)) {
            refuseAll(DataConnection.refusal(cause));
        }
        subscriptions.onProgress();
        retryLater();
        subscriptions.flushClients();
    }

    /** The user may not connect any more. */
    private void refuseAll(String error) {
        operations.takeWaiting().forEach(operation -> operation.onError(error));
        for (Topic topic : topics.all()) {
            List.copyOf(topic.members()).forEach(member -> member.client().onRevoked());
        }
    }

    private void retryLater() {
        if (!closed) {
            long since = lane.nanoTime() - downSinceNanos;
            long delay = server.timings().backoff().delayNanos(Math.max(1, failedAttempts), since, lane.random());
            lane.executor().schedule(this::connect, delay);
        }
    }

    private void onLost() {
        phase = Phase.CLOSED;
        channel = null;
        identity = null;
        restoring.clear();
        downSinceNanos = lane.nanoTime();
        flush();
        operations.onLost();
        subscriptions.onProgress();
        retryLater();
        subscriptions.flushClients();
    }

    /** Redis can be reached, as that run: a connection to the process before it is dead, even if nobody has said so. */
    void onRun(ServerRun now) {
        if (phase == Phase.OPEN
                && channel != null
                && identity != null
                && server.witness().isGone(identity, now)) {
            channel.close();
        }
        connect();
    }

    /** Called once a second: asks an idle connection for a sign of life, and gives up one that is silent for too long. */
    void tick(long nowNanos) {
        if (phase != Phase.OPEN || channel == null) {
            return;
        }
        long silent = nowNanos - aliveNanos;
        if (operations.areInFlight()) {
            if (silent > server.timings().stallLimit().toNanos() || isBroken()) {
                channel.close();
            }
        } else if (isNeeded()) {
            send(new Ping(null, error -> {}));
        } else if (silent > server.timings().idleAfter().toNanos()) {
            channel.close();
        }
    }

    /** What is in flight was sent at that time or before, and Redis answers all of it at once. */
    private boolean isBroken() {
        return identity != null && server.witness().isBroken(identity, Math.max(inFlightSinceNanos, aliveNanos));
    }

    void close() {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    private void distrust(String cause) {
        trusted = false;
        if (channel != null) {
            subscriptions.log().distrusted(cause);
            channel.close();
        }
    }

    private final class Frames implements FrameStream.Listener {
        @Override
        public void onPush(ByteBuf buf, int from, int to) {
            if (trusted) {
                aliveNanos = lane.nanoTime();
                SubscriptionLink.this.onPush(buf, from, to);
            }
        }

        @Override
        public void onReply(ByteBuf buf, int from, int to) {
            if (trusted) {
                aliveNanos = lane.nanoTime();
                SubscriptionLink.this.onReply(buf, from, to);
            }
        }

        @Override
        public void onReadEnd() {
            subscriptions.flushClients();
        }

        @Override
        public void onClosed(String cause) {
            onLost();
        }
    }

    private void onPush(ByteBuf buf, int from, int to) {
        PushHead head = PushHead.read(buf, from);
        for (Kind kind : Kind.values()) {
            if (kind.message().equals(head.word())) {
                deliver(kind, head, buf, from, to - from);
                return;
            }
            if (kind.join().equals(head.word()) || kind.leave().equals(head.word())) {
                onConfirmation(kind, head);
                return;
            }
        }
    }

    private void deliver(Kind kind, PushHead head, ByteBuf buf, int from, int length) {
        byte[] name = head.name();
        Topic topic = name == null ? null : topics.find(kind, new Name(name));
        if (topic != null) {
            Fanout.deliver(topic.members(), buf, from, length);
        }
    }

    private void onConfirmation(Kind kind, PushHead head) {
        if (!operations.onConfirmation()) {
            distrust("a confirmation that nobody is owed: " + kind.name().toLowerCase(Locale.ROOT) + " " + head.word());
        }
    }

    private void onReply(ByteBuf buf, int from, int to) {
        if (!operations.onReply(buf, from, to)) {
            distrust("a reply that nobody is owed");
        }
    }
}
