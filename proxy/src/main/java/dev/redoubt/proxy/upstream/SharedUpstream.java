package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
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
        READY,
        CLOSED
    }

    private final SharedUpstreams all;
    private final UpstreamServer server;
    private final Lane lane;
    private final CommandLog log;
    private final Congestion congestion;
    private final Absence absence;
    private final Refusals refusals;
    private final Intake intake;
    private final Usage usage;
    private final ReadyWaiters awaitingReady = new ReadyWaiters();
    private UpstreamKey key;
    private Phase phase = Phase.WAITING;
    private final LastLink last;
    private boolean forwarding;
    private boolean everReady;
    /** The connection that there is; null before and between two. */
    private @Nullable SharedLink link;

    SharedUpstream(UpstreamKey key, SharedUpstreams all, UpstreamServer server, Lane lane) {
        this.key = key;
        this.all = all;
        this.server = server;
        this.lane = lane;
        this.last = new LastLink(this, server);
        this.log = new CommandLog(lane.allocator(), server.backlogBytes());
        this.absence = new Absence(log, this::key, server, lane, () -> phase == Phase.READY);
        this.refusals = new Refusals(this, server);
        this.congestion = new Congestion(log, server.backlogBytes(), server.timings());
        this.intake = new Intake(this, server, congestion);
        this.usage = new Usage(lane.nanoTime());
    }

    public UpstreamKey key() {
        return key;
    }

    void becomes(UpstreamKey other) {
        all.move(this, other);
        key = other;
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
        return !forwarding && (absence.hasAskedMemory() || absence.isFallback(lane.nanoTime()));
    }

    /** Redis has all that memory acknowledged and will soon take commands from here too: they wait for that as if it had gone away now. */
    void leaveMemory() {
        absence.leaveMemory();
    }

    /** Accepts a run of whole commands for Redis, in order; copies them. False, and nothing accepted, when the log is full. */
    public boolean submit(ReplySink owner, ByteBuf buf, int from, int length, int count, boolean writes) {
        return intake.run(owner, buf, from, length, count, writes);
    }

    /** Accepts MULTI ... EXEC as one. */
    public boolean submitUnit(ReplySink owner, ByteBuf buf, int from, int length, int count) {
        return intake.unit(owner, buf, from, length, count);
    }

    /** The log has something to write. */
    void flushLater() {
        if (forwarding && link != null) {
            link.flushLater();
        }
    }

    /** Whether Redis takes less than clients send: they should not be read for now. */
    public Congestion congestion() {
        return congestion;
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
        usage.attach();
    }

    /** A session has left. */
    public void detach() {
        usage.detach(lane.nanoTime());
        if (key.isOwn()) {
            all.remove(this);
        }
    }

    public CommandLog log() {
        return log;
    }

    /** Commands of clients that have not ended. */
    public int commands() {
        return log.commands() - (link == null ? 0 : link.questions());
    }

    Absence absence() {
        return absence;
    }

    Refusals refusals() {
        return refusals;
    }

    /** Whether nothing is wrong with it: it forwards, or nobody wants it to. */
    public boolean isForwardingOrIdle() {
        return forwarding || !isWanted() || key.isOwn();
    }

    boolean isWanted() {
        return key.isOwn() || absence.isMissed() || !log.isEmpty() || !awaitingReady.isEmpty() || !refusals.isEmpty();
    }

    boolean isIdle(long nowNanos) {
        return !isWanted() && usage.isIdleFor(server.timings().idleAfter().toNanos(), nowNanos);
    }

    /** The server can be reached; as long as a lost connection is unfenced nothing is sent over a new one. */
    void connect() {
        connectIf(isWanted());
    }

    private void connectIf(boolean needed) {
        if (needed && phase == Phase.WAITING && !server.isFencing()) {
            phase = Phase.CONNECTING;
            key.tenant().prepare(this::open);
        }
    }

    private void open() {
        if (phase != Phase.CLOSED) {
            DataConnection.Outcome outcome = DataConnection.outcome(this::onConnected, this::onConnectFailed);
            new DataConnection(key.isOwn() ? "tracking" : "data", server, lane, key, outcome).open();
        }
    }

    private void onConnected(Channel connected, Identity as) {
        if (phase == Phase.CLOSED) {
            connected.close();
            return;
        }
        last.connected(as);
        SharedLink fresh = new SharedLink(this, server, connected, as);
        link = fresh;
        server.reconcile(() -> onReady(fresh));
    }

    private void onReady(SharedLink fresh) {
        if (fresh != link) {
            return; // lost meanwhile
        }
        last.settleRest();
        fresh.carry();
        phase = Phase.READY;
        key.tenant().onReady(last.identity(), everReady);
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
        absence.end();
        new HeldExpiry(log, lane).sweep();
        new UrgentFirst(log, server.hooks().judge()).sort();
        if (link != null) {
            link.drain();
        }
        refusals.onForwarding();
    }

    private void stopForwarding(long sinceNanos) {
        if (forwarding) {
            forwarding = false;
            absence.begin(sinceNanos);
            server.onForwardingEnds();
        }
    }

    private void onConnectFailed(String cause) {
        if (phase == Phase.CLOSED) {
            onClosed();
            return;
        }
        phase = Phase.WAITING;
        link = null;
        if (Handshake.isRefusal(cause)) {
            awaitingReady.tell(Handshake.refusal(cause));
        }
        if (isWanted()) {
            server.onSharedFailed(this, cause);
        }
    }

    /** Redis answers again. */
    void onStallEnded() {
        server.reconcile(this::resume);
    }

    private void resume() {
        if (phase == Phase.READY && link != null && !link.isStalled() && !link.isLeaving()) {
            forward();
            server.onSharedReady();
        }
    }

    /** The connection is gone; so many bytes of what was written never left for the kernel. */
    void onLost(long unsentBytes, String cause) {
        if (phase == Phase.CLOSED) {
            onClosed();
            return;
        }
        phase = Phase.FENCING;
        boolean left = isLeaving() && log.head() == null;
        boolean unmissed = isUnmissed();
        link = null;
        refusals.onLost();
        forwarding &= !unmissed;
        stopForwarding(lane.nanoTime());
        last.settleLoss(unsentBytes);
        key.tenant().onLost();
        congestion.wakeAll();
        if (left || unmissed) {
            last.fenced(LossPolicy.Link.FENCED); // nothing of it can arrive later
            phase = Phase.WAITING;
        }
        if (unmissed) {
            server.counters().increment(Counter.UPSTREAM_LOST);
            server.outageLog().ended(cause);
            // another one in its place, so that the next command need not wait; if that fails, the next command tries
            // again
            lane.executor().execute(() -> connectIf(server.isUp()));
        } else if (left) {
            server.onSharedLeft(this, cause);
        } else {
            server.onSharedLost(this, cause, this::onFenced);
        }
    }

    /** Whether it can go without a word: Redis is there, and nobody is owed anything. */
    private boolean isUnmissed() {
        return forwarding && link != null && link.isIdle() && refusals.isEmpty() && server.isWell();
    }

    /** The server is away: so is what was to be opened anew, though nobody has asked for it yet. */
    void onAway() {
        if (!forwarding && everReady && !absence.isMissed()) {
            absence.begin(server.downSinceNanos());
        }
    }

    private void onFenced(LossPolicy.Link result) {
        last.fenced(result);
        phase = Phase.WAITING;
        server.wake(this);
    }

    /** Of the connection that there is, or was last; null before the first. */
    @Nullable
    Identity identity() {
        return last.identity();
    }

    /** The run of the server that it is connected to, or was last; null before the first. */
    public @Nullable ServerRun run() {
        return last.run();
    }

    /** Whether it is connected to that run. */
    boolean isAt(ServerRun run) {
        ServerRun mine = run();
        return phase == Phase.READY && mine != null && mine.isSameAs(run);
    }

    /** Writes nothing more on this connection, awaits what is in flight, and opens another one. */
    void leave(String refusal) {
        SharedLink from = link;
        if (from != null && phase == Phase.READY) {
            stopForwarding(lane.nanoTime());
            from.leave(refusal);
        }
    }

    boolean isLeaving() {
        return link != null && link.isLeaving();
    }

    /** Redis was started anew: a connection to the process before it is dead, even if nobody has said so. */
    void onRun(ServerRun now) {
        SharedLink current = link;
        if (phase == Phase.READY && current != null && server.witness().isGone(current.identity(), now)) {
            current.close();
        }
    }

    /** Called a few times a second. */
    void tick(long nowNanos) {
        if (phase == Phase.READY && link != null && !key.tenant().isWaiting()) {
            link.tick(nowNanos, forwarding, this::onStalled);
        }
        refusals.tick(nowNanos);
        if (!forwarding) {
            absence.tick(nowNanos);
        }
        server.dirtySinks().flush();
    }

    private void onStalled(long sinceNanos) {
        stopForwarding(sinceNanos);
        server.onStalled(sinceNanos);
    }

    /** Ends it for good; what is still held or in flight is dropped. */
    void close() {
        phase = Phase.CLOSED;
        forwarding = false;
        if (link != null) {
            link.close();
        } else {
            onClosed();
        }
    }

    private void onClosed() {
        link = null;
        refusals.close();
        absence.close();
        log.takeAll(0).forEach(HeldCommand::release);
        log.close();
    }
}
