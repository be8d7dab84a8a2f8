package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.upstream.DataConnection;
import dev.redoubt.proxy.upstream.Identity;
import dev.redoubt.proxy.upstream.Requests;
import dev.redoubt.proxy.upstream.ServerRun;
import dev.redoubt.proxy.upstream.UpstreamKey;
import dev.redoubt.proxy.upstream.UpstreamServer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection to which Redis sends the invalidations that sessions have redirected to one client: towards Redis it is that client. It is opened anew when it is lost, and ends with the client or with
 * the last session that redirects to it. Confined to the lane.
 */
public final class Receiver {
    /** The client. */
    public interface Target {
        /** Takes what is invalid: a frame that is an array of keys, or a null for all; borrowed for the call. */
        void onInvalid(ByteBuf buf, int from, int length);

        /** All is invalid: what happened for a while is not known. */
        void onAllInvalid();
    }

    /** A session that redirects to the client. */
    public interface Sender {
        /** Redis knows the client by another id now. */
        void onReceiverChanged();
    }

    private static final int INVALIDATE_HEAD = ">2\r\n$10\r\ninvalidate\r\n".length();

    private final Receivers receivers;
    private final UpstreamServer server;
    private final Lane lane;
    private final UpstreamKey key;
    private final Target target;
    private final Set<Sender> senders = new LinkedHashSet<>();
    private final List<Runnable> awaitingReady = new ArrayList<>();
    private @Nullable Channel channel;
    private @Nullable Identity identity;
    private boolean connecting;
    private boolean wasReady;
    private boolean ended;
    private int failedAttempts;
    private boolean asked;
    private long askedNanos;

    Receiver(Receivers receivers, UpstreamServer server, Lane lane, UpstreamKey key, Target target) {
        this.receivers = receivers;
        this.server = server;
        this.lane = lane;
        this.key = key;
        this.target = target;
    }

    /** The id by which Redis knows it; -1 while it does not. */
    public long id() {
        return identity == null ? -1 : identity.clientId();
    }

    /** Whether the client is gone. */
    public boolean isEnded() {
        return ended;
    }

    public Target target() {
        return target;
    }

    /** From now on that session redirects to it. */
    public void add(Sender sender) {
        senders.add(sender);
    }

    /** It does so no more. */
    public void remove(Sender sender) {
        if (senders.remove(sender) && senders.isEmpty()) {
            receivers.end(this);
        }
    }

    /** Runs the task when Redis knows it, or it has ended. */
    public void whenReady(Runnable task) {
        if (channel != null || ended) {
            task.run();
        } else {
            awaitingReady.add(task);
            connect();
        }
    }

    void connect() {
        if (ended || connecting || channel != null || !server.isUp()) {
            return;
        }
        connecting = true;
        DataConnection.Outcome outcome = DataConnection.outcome(this::onConnected, cause -> onFailed());
        new DataConnection("invalidations", server, lane, key, outcome).open();
    }

    private void onConnected(Channel connected, Identity as) {
        connecting = false;
        if (ended) {
            connected.close();
            return;
        }
        channel = connected;
        identity = as;
        failedAttempts = 0;
        asked = false;
        connected.pipeline().replace(Requests.class, "invalidations", new FrameStream(new Frames()));
        if (wasReady) {
            List.copyOf(senders).forEach(Sender::onReceiverChanged);
            target.onAllInvalid();
        }
        wasReady = true;
        tellWaiting();
        server.dirtySinks().flush();
    }

    private void tellWaiting() {
        List<Runnable> tasks = List.copyOf(awaitingReady);
        awaitingReady.clear();
        tasks.forEach(Runnable::run);
    }

    private void onFailed() {
        connecting = false;
        retry();
    }

    private void onLost() {
        channel = null;
        identity = null;
        if (!ended) {
            target.onAllInvalid();
            retry();
        }
    }

    private void retry() {
        failedAttempts++;
        if (!ended) {
            long delay = server.timings().backoff().delayNanos(failedAttempts, 0, lane.random());
            lane.executor().schedule(this::connect, delay);
        }
    }

    /** Redis was started anew: a connection to the process before it is dead, even if nobody has said so. */
    void onRun(ServerRun now) {
        if (channel != null && identity != null && server.witness().isGone(identity, now)) {
            channel.close();
        }
        connect();
    }

    /** Called once a second: Redis may close what says nothing, and whoever is asked has to answer. */
    void tick(long nowNanos) {
        if (channel == null || identity == null) {
            return;
        }
        if (!asked) {
            asked = true;
            askedNanos = nowNanos;
            ByteBuf out = lane.allocator().directBuffer();
            RespWriter.command(out, "PING");
            channel.writeAndFlush(out, channel.voidPromise());
        } else if (server.witness().isBroken(identity, askedNanos)) {
            channel.close();
        }
    }

    /** The client is gone: Redis finds nobody by this id from now on. */
    void end() {
        ended = true;
        senders.clear();
        if (channel != null) {
            channel.close();
        }
        tellWaiting();
    }

    private final class Frames implements FrameStream.Listener {
        @Override
        public void onPush(ByteBuf buf, int from, int to) {
            if (!ended
                    && to - from > INVALIDATE_HEAD
                    && PushHead.read(buf, from).word().equals("invalidate")) {
                target.onInvalid(buf, from + INVALIDATE_HEAD, to - from - INVALIDATE_HEAD);
            }
        }

        @Override
        public void onReply(ByteBuf buf, int from, int to) {
            asked = false;
        }

        @Override
        public void onReadEnd() {
            server.dirtySinks().flush();
        }

        @Override
        public void onClosed(String cause) {
            onLost();
            server.dirtySinks().flush();
        }
    }
}
