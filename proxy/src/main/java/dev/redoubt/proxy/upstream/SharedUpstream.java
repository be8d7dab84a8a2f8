package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.status.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that all sessions with the same {@link UpstreamKey} share, through all its losses. Confined to the lane.
 *
 * <pre>
 *   WAITING --connect--> CONNECTING --handshake--> READY
 *      ^                     |                       |
 *      +------ failed -------+------ lost, fenced ---+
 * </pre>
 *
 * It <em>forwards</em> while it is ready and Redis answers; else commands are held in its log, and after a while memory is asked.
 */
public final class SharedUpstream {
    private enum Phase {
        WAITING,
        FENCING,
        CONNECTING,
        READY
    }

    private final UpstreamKey key;
    private final UpstreamServer server;
    private final Lane lane;
    private final CommandLog log;
    private final Congestion congestion;
    private final Absence absence;
    private final ReadyWaiters awaitingReady = new ReadyWaiters();
    private Phase phase = Phase.WAITING;
    private @Nullable DataHandler handler;
    private @Nullable Channel channel;
    private @Nullable Identity identity;
    private LossPolicy.Link link = LossPolicy.Link.UNKNOWN;
    private boolean forwarding;
    private boolean stalled;
    private boolean everReady;
    private boolean closed;
    private boolean alive;
    private int sessions;
    private long aliveNanos;
    private long idleSinceNanos;

    SharedUpstream(UpstreamKey key, UpstreamServer server, Lane lane) {
        this.key = key;
        this.server = server;
        this.lane = lane;
        this.log = new CommandLog(lane.allocator(), server.backlogBytes());
        this.absence = new Absence(log, key, server, lane, () -> phase == Phase.READY);
        this.congestion = new Congestion(log, server.backlogBytes(), server.timings());
        this.idleSinceNanos = lane.nanoTime();
    }

    public UpstreamKey key() {
        return key;
    }

    /** Whether what is submitted now goes out with this turn. */
    public boolean isForwarding() {
        return forwarding;
    }

    /** Whether Redis, or the way to it, is known to be away, so that nothing is to be expected of it in the next moment. */
    public boolean isAway() {
        return !forwarding && (everReady || (!server.isUp() && (server.wasSeen() || server.hasFailed())));
    }

    /** A command is there that this connection should take: from now on its absence counts. */
    public void miss() {
        if (!absence.isMissed()) {
            absence.miss();
            server.wake(this);
        }
    }

    /** Whether memory answers what it can instead of Redis. */
    public boolean isFallback() {
        return !forwarding && absence.isFallback(lane.nanoTime());
    }

    /** Redis has all that memory acknowledged and will soon take commands from here too: they wait for that as if it had gone away now. */
    void leaveMemory() {
        if (!forwarding) {
            absence.leaveMemory();
        }
    }

    /** Accepts a run of whole commands for Redis, in order; copies them. False, and nothing accepted, when the log is full. */
    public boolean submit(ReplySink owner, ByteBuf buf, int from, int length, int count, boolean writes) {
        if (isFull(length, count)) {
            return false;
        }
        log.append(owner, buf, from, length, count, writes, lane.nanoTime());
        afterSubmit(count);
        return true;
    }

    /** Accepts MULTI ... EXEC as one. */
    public boolean submitUnit(ReplySink owner, ByteBuf buf, int from, int length, int count) {
        if (isFull(length, count)) {
            return false;
        }
        log.appendUnit(owner, buf, from, length, count, lane.nanoTime());
        afterSubmit(count);
        return true;
    }

    private void afterSubmit(int count) {
        if (forwarding && handler != null) {
            handler.flushLater();
        } else {
            server.counters().add(Counter.HELD, count);
            server.wake(this);
        }
    }

    private boolean isFull(int length, int count) { // what goes out with this turn is no backlog: Congestion bounds it
        return (!forwarding && log.commands() + count > server.timings().maxBacklogCommands())
                || server.backlogBytes().bytes() + log.growthFor(length)
                        > server.timings().maxBacklogBytes();
    }

    /** Whether Redis takes less than clients send: they should not be read for now. */
    public boolean isCongested() {
        return congestion.isCongested();
    }

    /** Runs the task when it is congested no more. */
    public void whenDrained(Runnable task) {
        congestion.whenOver(task);
    }

    /** Tells the consumer when the connection has been ready once (null), or why it can't be. */
    public void whenReady(Consumer<@Nullable String> task) {
        if (phase == Phase.READY) {
            task.accept(null);
        } else {
            awaitingReady.add(task);
            server.wake(this);
        }
    }

    public boolean wasEverReady() {
        return everReady;
    }

    /** A session uses this connection from now on. */
    public void attach() {
        sessions++;
    }

    /** A session has left. */
    public void detach() {
        sessions--;
        idleSinceNanos = lane.nanoTime();
    }

    public CommandLog log() {
        return log;
    }

    /** Whether nothing is wrong with it: it forwards, or nobody wants it to. */
    public boolean isForwardingOrIdle() {
        return forwarding || !isWanted();
    }

    boolean isWanted() {
        return absence.isMissed() || !log.isEmpty() || !awaitingReady.isEmpty();
    }

    boolean isIdle(long nowNanos) {
        return sessions == 0
                && !isWanted()
                && nowNanos - idleSinceNanos > server.timings().idleAfter().toNanos();
    }

    /** The server can be reached, and no lost connection of ours is unfenced. */
    void connect() {
        if (phase != Phase.WAITING || !isWanted()) {
            return;
        }
        phase = Phase.CONNECTING;
        new DataConnection("data", server, lane, key, new DataConnection.Outcome() {
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
        LossPolicy.Link known = link;
        if (known == LossPolicy.Link.FENCED
                && identity != null
                && !identity.run().isSameAs(as.run())) {
            known = LossPolicy.Link.FENCED_NEW_RUN;
        }
        link = known;
        identity = as;
        channel = connected;
        server.reconcile(() -> onReady(connected));
    }

    private void onReady(Channel connected) {
        if (connected != channel) {
            return; // lost meanwhile
        }
        settle(link, 0);
        link = LossPolicy.Link.UNKNOWN;
        DataHandler fresh = new DataHandler(
                log,
                lane,
                server.dirtySinks(),
                new Events(),
                server.hooks().tap(),
                key.database(),
                server.timings().largeReplyBytes());
        connected.pipeline().replace(Requests.class, "data", fresh);
        handler = fresh;
        phase = Phase.READY;
        alive = true;
        if (everReady) {
            server.counters().increment(Counter.RECONNECTS);
        }
        everReady = true;
        forward();
        awaitingReady.tell(null);
        server.onSharedReady();
    }

    private void forward() {
        forwarding = true;
        stalled = false;
        absence.end();
        if (handler != null) {
            handler.flushLater();
        }
    }

    private void stopForwarding(long sinceNanos) {
        if (forwarding) {
            forwarding = false;
            absence.begin(sinceNanos);
        }
    }

    private void onConnectFailed(String cause) {
        if (closed) {
            onClosed();
            return;
        }
        phase = Phase.WAITING;
        channel = null;
        if (Handshake.isRefusal(cause)) {
            awaitingReady.tell(Handshake.refusal(cause));
        }
        if (isWanted()) {
            server.onSharedFailed(this, cause);
        }
    }

    private final class Events implements DataHandler.Listener {
        @Override
        public void onAlive() {
            alive = true;
            if (stalled) {
                stalled = false;
                server.reconcile(SharedUpstream.this::resume);
            }
            congestion.check();
        }

        @Override
        public void onWritable() {}

        @Override
        public void onLost(long unsentBytes, String cause) {
            SharedUpstream.this.onLost(unsentBytes, cause);
        }
    }

    private void resume() {
        if (phase == Phase.READY && !stalled) {
            forward();
            server.onSharedReady();
        }
    }

    private void onLost(long unsentBytes, String cause) {
        if (closed) {
            onClosed();
            return;
        }
        long now = lane.nanoTime();
        phase = Phase.FENCING;
        handler = null;
        channel = null;
        stalled = false;
        stopForwarding(now);
        settle(LossPolicy.Link.UNKNOWN, unsentBytes);
        congestion.wakeAll();
        server.onSharedLost(identity, cause, result -> {
            link = result;
            phase = Phase.WAITING;
            server.wake(this);
        });
    }

    private void settle(LossPolicy.Link known, long unsentBytes) {
        long oldest = lane.nanoTime() - server.timings().replayWindow().toNanos();
        new LossSettlement(this, server, known, oldest).settle(unsentBytes);
        server.dirtySinks().flush();
    }

    /** Redis was started anew: a connection to the process before it is dead, even if nobody has said so. */
    void onRun(ServerRun now) {
        Channel current = channel;
        if (phase == Phase.READY && current != null && identity != null && server.isGone(identity, now)) {
            current.close();
        }
    }

    /** Called a few times a second. */
    void tick(long nowNanos) {
        watchStall(nowNanos);
        if (!forwarding) {
            absence.isFallback(nowNanos);
            new Expiry(this, server, nowNanos).sweep();
            server.dirtySinks().flush();
        }
    }

    private void watchStall(long nowNanos) {
        Channel current = channel;
        if (phase != Phase.READY || current == null) {
            return;
        }
        long oldest = log.oldestInFlightNanos();
        if (oldest == -1) {
            return;
        }
        if (alive) {
            alive = false;
            aliveNanos = nowNanos;
        }
        long age = Math.min(nowNanos - oldest, nowNanos - aliveNanos);
        if (age > server.timings().stallLimit().toNanos()) {
            server.counters().increment(Counter.UPSTREAM_STALLED);
            current.close();
        } else if (!stalled && age > server.timings().stallAfter().toNanos() && server.isSilent(nowNanos)) {
            stalled = true;
            stopForwarding(nowNanos - age);
            server.onStalled(nowNanos - age);
        }
    }

    /** Ends an entry that waited too long; its errors take its place in the log. */
    void expire(Entry entry, String error) {
        absence.onEnded(entry);
        log.failInTurn(entry, error);
    }

    /** Ends it for good; what is still held or in flight is dropped. */
    void close() {
        closed = true;
        forwarding = false;
        phase = Phase.FENCING;
        if (channel != null) {
            channel.close();
        } else {
            onClosed();
        }
    }

    private void onClosed() {
        channel = null;
        log.takeAll(0).forEach(HeldCommand::release);
        log.close();
    }
}
