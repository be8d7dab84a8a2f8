package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.ByteAccount;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.lane.LaneExecutor;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Counters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One Redis, with all our connections to it: knows whether it is there, opens connections, and brings each back after a loss in the order that keeps the promises: first the control connection, then the
 * fence of what was lost, then the journal, then data. Confined to the lane.
 */
public final class UpstreamServer {
    private static final long TICK_NANOS = 100_000_000;

    private final Lane lane;
    private final @Nullable Connector connector;
    private final UpstreamTimings timings;
    private final ProxyUser user;
    private final Hooks hooks;
    private final Counters counters;
    private final OwnAddresses ownAddresses = new OwnAddresses();
    private final DirtySinks dirtySinks = new DirtySinks();
    private final ByteAccount backlogBytes = new ByteAccount();
    private final OutageLog outageLog;
    private final ControlConnection control;
    private final Witness witness;
    private final LostLinks lostLinks = new LostLinks(this);
    private final SharedUpstreams shared;
    private final BeforeData beforeData;
    private final Cursors cursors = new Cursors();
    private final List<Consumer<ServerRun>> onRun = new ArrayList<>();
    private @Nullable ServerRun run;
    private ServerFacts facts = ServerFacts.NONE;
    private final Away away;
    private final PrimarySearch search;
    private final Attempts attempts;
    private boolean closed;
    private LaneExecutor.@Nullable Scheduled tick;

    /** What the server's owner is given from outside. */
    public record Hooks(CommandJudge judge, MemoryAnswerer memory, ReplyTap tap) {}

    /** @param connector null where there is no Redis by configuration: memory answers */
    public UpstreamServer(
            Lane lane,
            @Nullable Connector connector,
            UpstreamTimings timings,
            @Nullable Credentials configured,
            Hooks hooks,
            Counters counters) {
        this.lane = lane;
        this.connector = connector == null ? null : ownAddresses.watching(connector);
        this.timings = timings;
        this.user = new ProxyUser(configured);
        this.hooks = hooks;
        this.counters = counters;
        this.outageLog = new OutageLog(this::description, lane, counters);
        this.shared = new SharedUpstreams(this, lane);
        this.beforeData = new BeforeData(hooks.memory(), () -> shared.all().forEach(SharedUpstream::leaveMemory));
        this.away = new Away(lane, counters);
        this.search = new PrimarySearch(timings.backoff().earlyPeriod().toNanos());
        this.attempts = new Attempts(lane, timings.backoff(), away, search, outageLog);
        this.control = new ControlConnection(this, lane, new ControlEvents());
        this.witness = new Witness(control, this::run, timings);
    }

    public void start() {
        if (connector == null) {
            outageLog.disabled();
        } else {
            outageLog.connecting();
            control.open();
        }
        scheduleTick();
    }

    /** The connection for that key; made on first use. */
    public SharedUpstream shared(UpstreamKey key) {
        return shared.get(key);
    }

    public Collection<SharedUpstream> allShared() {
        return shared.all();
    }

    /** The key of clients that say nothing about user or database. */
    public UpstreamKey defaultKey(int database, int respVersion) {
        return new UpstreamKey(database, respVersion, user.configured());
    }

    /** No connection of its own until now: a client's password that Redis accepted serves the control connection too. */
    public void adoptCredentials(Credentials verified) {
        if (user.adopt(verified)) {
            control.introduceAgain();
        }
    }

    /** Who the proxy is at Redis. */
    public ProxyUser user() {
        return user;
    }

    /** Whether clients of that connection are the user that the proxy is: memory serves only those. */
    public boolean isUser(UpstreamKey key) {
        return user.is(key.credentials(), facts.isKnown());
    }

    public Connector connector() {
        if (connector == null) {
            throw new IllegalStateException("there is no upstream by configuration");
        }
        return connector;
    }

    public boolean isDisabled() {
        return connector == null;
    }

    /** Whether a Redis has answered since the start. */
    public boolean wasSeen() {
        return run != null;
    }

    /** Whether an attempt to reach Redis has failed since it was last there, or none will ever be made. */
    public boolean hasFailed() {
        return away.failedAttempts() > 0 || connector == null;
    }

    /** Whether Redis can be reached, as far as the control connection knows. */
    public boolean isUp() {
        return control.isReady();
    }

    /** Whether memory is to be asked without waiting: there is nothing to wait for, or there never was. */
    boolean isMemoryDue() {
        return connector == null || (run == null && hasFailed()) || isGivenUp();
    }

    /** Whether it was tried as often as somebody wants to wait for (profile dev); it is tried on all the same. */
    boolean isGivenUp() {
        int limit = timings.attemptLimit();
        return limit > 0 && !control.isReady() && away.failedAttempts() >= limit;
    }

    /** Whether nothing says that Redis is away, or was until now. */
    boolean isWell() {
        return control.isReady() && !away.isAway();
    }

    /** What the control connection tells about the others. */
    public Witness witness() {
        return witness;
    }

    public ServerFacts facts() {
        return facts;
    }

    public @Nullable ServerRun run() {
        return run;
    }

    public String lastError() {
        return away.lastError();
    }

    public String description() {
        return connector == null ? "none" : connector.description();
    }

    /** Round trip of the last PING in nanoseconds; -1 before the first. */
    public long roundTripNanos() {
        return control.roundTripNanos();
    }

    public long stateSinceEpochMillis() {
        return away.changedEpochMillis();
    }

    public UpstreamTimings timings() {
        return timings;
    }

    public Counters counters() {
        return counters;
    }

    public ByteAccount backlogBytes() {
        return backlogBytes;
    }

    public DirtySinks dirtySinks() {
        return dirtySinks;
    }

    /** Where Redis sees this proxy's connections come from. */
    public OwnAddresses ownAddresses() {
        return ownAddresses;
    }

    /** Which run has given which cursor of an iteration. */
    public Cursors cursors() {
        return cursors;
    }

    Lane lane() {
        return lane;
    }

    Hooks hooks() {
        return hooks;
    }

    OutageLog outageLog() {
        return outageLog;
    }

    PrimarySearch search() {
        return search;
    }

    long downSinceNanos() {
        return control.isReady() ? lane.nanoTime() : away.sinceNanos();
    }

    private final class ControlEvents implements ControlConnection.Listener {
        @Override
        public void onControlReady(ServerRun now, Map<String, String> info) {
            run = now;
            shared.all().forEach(one -> one.onRun(now));
            onRun.forEach(listener -> listener.accept(now));
            facts = new ServerFacts(info);
            lostLinks.fence(requests(), now);
            beforeData.run(requests());
            onSharedReady();
        }

        @Override
        public void onControlLost(String cause, boolean stood) {
            lostLinks.onControlLost();
            beforeData.onControlLost();
            if (Handshake.isRefusal(cause)) {
                user.forget(); // the password was changed: what a client says next is tried
            }
            attempts.failed(cause, stood);
            attempts.later(control::open);
            shared.all().forEach(SharedUpstream::onAway);
        }
    }

    /** The control connection's; only while {@link #isUp}. */
    public Requests requests() {
        Requests open = control.requests();
        if (open == null) {
            throw new IllegalStateException("the control connection is not ready");
        }
        return open;
    }

    /** Runs the task when Redis has all that memory acknowledged. */
    void reconcile(Runnable then) {
        beforeData.add(then);
        if (control.isReady()) {
            beforeData.run(requests());
        }
    }

    /** Somebody waits for that connection. */
    void wake(SharedUpstream wanted) {
        if (control.isReady()) {
            lane.executor().execute(wanted::connect);
        }
    }

    void onSharedReady() {
        boolean all = control.isReady() && shared.all().stream().allMatch(SharedUpstream::isForwardingOrIdle);
        if (all && away.isAway()) {
            outageLog.back(facts.version(), run);
            away.end();
            hooks.memory().onReturn();
        }
    }

    void onSharedFailed(SharedUpstream failed, String cause) {
        counters.increment(Counter.CONNECT_FAILURES);
        if (!failed.key().isOwn()) {
            attempts.failed(cause, false);
        }
        attempts.later(() -> wake(failed));
    }

    /** A connection was given up because of what the server said on it; nothing was in flight. */
    void onSharedLeft(SharedUpstream left, String cause) {
        search.onLeft(lane.nanoTime());
        attempts.failed(cause, true);
        attempts.later(() -> wake(left));
    }

    void onSharedLost(SharedUpstream lost, String cause, Consumer<LossPolicy.Link> then) {
        if (closed) {
            return;
        }
        counters.increment(Counter.UPSTREAM_LOST);
        if (!lost.key().isOwn()) {
            attempts.failed(cause, true); // one session's own connection says nothing about Redis
        }
        Identity identity = lost.identity();
        if (identity == null) {
            then.accept(LossPolicy.Link.UNFENCED);
            return;
        }
        fence(identity, false, then);
    }

    /** A server that was a primary has become a replica: everything leaves it, and the upstream is asked for anew. False when that was in vain for long. */
    boolean seekPrimary(String refusal, ServerRun at) {
        if (!search.begin(lane.nanoTime())) {
            return false;
        }
        shared.all().stream().filter(one -> one.isAt(at)).forEach(one -> one.leave(refusal));
        control.leave(refusal);
        return true;
    }

    /** Tells the consumer, whenever Redis can be reached, which run it is. */
    public void whenRun(Consumer<ServerRun> listener) {
        onRun.add(listener);
    }

    /** Makes sure, as soon as Redis can be reached, that a lost connection takes no effect any more; and learns, if it waited in a blocking command, whether it still did. */
    void fence(Identity lost, boolean waiting, Consumer<LossPolicy.Link> then) {
        if (closed) {
            return;
        }
        lostLinks.add(lost, lane.nanoTime(), waiting, then);
        if (control.isReady() && run != null) {
            lostLinks.fence(requests(), run);
        }
    }

    /** Whether a lost connection may still take effect: nobody who was told that his command is in doubt should find Redis as it was before that. */
    public boolean isFencing() {
        return lostLinks.isAnyLeft();
    }

    /** Runs the task when that is over, or cannot be over soon. */
    public void whenFenced(Runnable task) {
        lostLinks.whenNoneIsLeft(task);
    }

    /** Whoever waits for a fence to go on over a connection has none to go on over: it is told, and waits for Redis. */
    void onForwardingEnds() {
        lostLinks.wakeAll();
    }

    void onAllFenced() {
        if (control.isReady()) {
            shared.all().forEach(SharedUpstream::connect);
        }
    }

    void onStalled(long sinceNanos) {
        away.begin(Advice.STALLED);
        outageLog.stalled(sinceNanos);
    }

    private void scheduleTick() {
        tick = lane.executor().schedule(this::tick, TICK_NANOS);
    }

    private void tick() {
        long now = lane.nanoTime();
        control.tick(now);
        if (connector != null) {
            connector.tick(now, control.silentNanos(now));
        }
        outageLog.tick();
        shared.tick(now);
        scheduleTick();
    }

    /** Closes all connections; what is held or in flight has been settled by the caller. */
    public void close() {
        closed = true;
        attempts.close();
        if (tick != null) {
            tick.cancel();
        }
        control.close();
        shared.all().forEach(SharedUpstream::close);
    }
}
