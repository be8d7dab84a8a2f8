package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.BlockingTimeout;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.command.Replays;
import dev.redoubt.proxy.command.Route;
import dev.redoubt.proxy.config.BlockingOnLoss;
import dev.redoubt.proxy.lane.LaneExecutor;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.LeaseReason;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.Lease;
import dev.redoubt.proxy.upstream.LeasePool;
import dev.redoubt.proxy.upstream.UpstreamKey;
import dev.redoubt.proxy.upstream.WaitProof;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One command that waits at Redis, until it has its reply: through losses of its connection, and for no longer than its own time-out says (docs/decisions/0019). One a command, confined to the lane.
 *
 * <pre>
 *  ASKING --lease--> WAITING --reply--> ENDED
 *     ^ ^               | |
 *     | +--- refused ---+ | lost
 *     |   not sent, or    v
 *     +-- took nothing IN_DOUBT --it may have taken something: -INDOUBT--> ENDED
 *
 *  ASKING, IN_DOUBT --its own time-out--> ENDED
 * </pre>
 */
final class BlockingCall implements Lease.Waiter {
    private enum Phase {
        ASKING,
        WAITING,
        IN_DOUBT,
        ENDED
    }

    private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 4;
    private static final long MILLI_NANOS = 1_000_000;
    /** What passes between two looks at a Redis that is there while the connection to it is being opened. */
    private static final long PATIENCE_NANOS = 20 * MILLI_NANOS;
    /** So much may have passed before the time-out is sent shortened: what it takes to open a connection is not worth another text than the client's. */
    private static final long UNCHANGED_NANOS = 50 * MILLI_NANOS;

    private final House house;
    private final Lease.Holder session;
    private final ReplySink to;
    private final UpstreamKey key;
    private final byte[][] arguments;
    private final Route route;
    private final @Nullable CommandSpec spec;
    private final @Nullable BlockingTimeout timeout;
    private final long beganNanos;
    private Phase phase = Phase.ASKING;
    private @Nullable Lease lease;
    private LaneExecutor.@Nullable Scheduled alarm;
    private @Nullable Retry retry;
    private boolean connectionEnded;

    /** @param to gets the one reply */
    BlockingCall(House house, Lease.Holder session, ReplySink to, UpstreamKey key, Command command) {
        this.house = house;
        this.session = session;
        this.to = to;
        this.key = key;
        this.arguments = command.arguments();
        this.route = command.route();
        this.spec = command.spec();
        this.timeout = BlockingTimeout.of(arguments);
        this.beganNanos = house.lane().nanoTime();
    }

    void begin() {
        if (!house.server().isUp()) {
            house.counters().increment(Counter.HELD);
        }
        ask();
    }

    /** Whether it may take something, which must not happen for a client that has left. */
    boolean takes() {
        return route != Route.WAIT;
    }

    /** Redis's id of the connection on which it waits; -1 while it does not. */
    long clientId() {
        return phase == Phase.WAITING && lease != null ? lease.clientId() : -1;
    }

    /** The session has left: nothing may be taken for it any more. */
    void cancel() {
        end();
        Lease held = lease;
        lease = null;
        if (held != null) {
            held.close();
        }
    }

    /** Gives the lease back; the reply has been delivered. */
    void release() {
        end();
        Lease held = lease;
        lease = null;
        if (held != null) {
            held.release();
        }
    }

    private void end() {
        phase = Phase.ENDED;
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    // ---- the lease

    private void ask() {
        phase = Phase.ASKING;
        setAlarm();
        LeaseReason reason = route == Route.WAIT ? LeaseReason.REPLICAS : LeaseReason.BLOCKING;
        house.leases().acquire(key, session, reason, patienceNanos(), new LeasePool.Outcome() {
            @Override
            public void leased(Lease granted) {
                lease = granted;
                phase = Phase.WAITING;
                if (route == Route.WAIT) {
                    new OffsetMove(house, granted)
                            .run(
                                    BlockingCall.this::isTakenBack,
                                    refused -> submit(granted, refused),
                                    () -> onLost(false, false));
                } else {
                    submit(granted, null);
                }
            }

            @Override
            public void failed(String error) {
                fail(error);
            }

            @Override
            public boolean isWanted() {
                return phase == Phase.ASKING;
            }
        });
    }

    private long patienceNanos() {
        if (timeout != null) {
            return FOR_EVER_NANOS;
        }
        return retry == null ? session.holdBudgetNanos() : retry.leftNanos();
    }

    private void submit(Lease granted, @Nullable String refused) {
        if (phase != Phase.WAITING) {
            return;
        }
        if (refused != null) {
            fail(refused);
            return;
        }
        if (retry != null) {
            retry.onSending();
        }
        if (timeout == null) {
            granted.submit(
                    this,
                    arguments); // nothing is known of how it waits, so nothing is done about it but what is done about
            // any command
        } else {
            granted.submitWaiting(this, due());
        }
    }

    /** The command with what is left of its time-out. */
    private byte[][] due() {
        BlockingTimeout own = timeout;
        long passed = house.lane().nanoTime() - beganNanos;
        if (own == null || own.millis() == 0 || passed < UNCHANGED_NANOS) {
            return arguments;
        }
        return own.shortened(arguments, own.millis() - passed / MILLI_NANOS);
    }

    // ---- what becomes of it

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        if (buf.getByte(from) == '-' && isTakenBack(buf, from, length)) {
            return;
        }
        end();
        to.onReplies(buf, from, length, count);
    }

    /** Whether that error says that Redis has refused it for its state: it will ask for another lease then. */
    private boolean isTakenBack(ByteBuf error, int from, int length) {
        if (retry == null) {
            boolean opaque = replayClass() == ReplayClass.UNKNOWN;
            retry = new Retry(house, opaque, route == Route.WAIT || isXreadOfNews(), session.holdBudgetNanos());
        }
        if (!retry.takes(lease, error, from, length, this::askAgain)) {
            return false;
        }
        lease = null;
        phase = Phase.ASKING;
        setAlarm();
        return true;
    }

    private void askAgain() {
        if (phase == Phase.ASKING && lease == null) {
            ask();
        }
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        if (last) {
            end();
        }
        to.onReplyPart(buf, from, length, last);
    }

    @Override
    public void onFailure(String error) {
        fail(error);
    }

    @Override
    public void onReplyCut() {
        end();
        to.onReplyCut();
    }

    @Override
    public void onLost(boolean sent, boolean ended) {
        lease = null;
        if (phase != Phase.WAITING) {
            return;
        }
        if (sent) {
            connectionEnded = ended;
            phase = Phase.IN_DOUBT;
            setAlarm();
        } else {
            ask();
        }
    }

    @Override
    public void onFenced(WaitProof proof) {
        if (phase == Phase.IN_DOUBT) {
            if (takesNothing() || proof == WaitProof.STILL_WAITING || (proof == WaitProof.UNKNOWN && mayGoOn())) {
                goOn(proof);
            } else {
                failInDoubt();
            }
        }
    }

    /** With {@code $} it would miss what came between; what replicas have of an earlier process's writes nobody can tell. */
    private void goOn(WaitProof proof) {
        if (route == Route.WAIT && proof == WaitProof.UNKNOWN) {
            answerEmpty();
        } else if (isXreadOfNews()) {
            fail(Failures.unavailable(house.server().description(), "the connection was lost while it waited"));
        } else {
            house.counters().increment(Counter.RESENT_BLOCKING);
            ask();
        }
    }

    /** The process that may have taken something for it is gone, or nothing is known of it. Where it ended the connection itself, without a reply, it had nothing to give. */
    private boolean mayGoOn() {
        return connectionEnded || house.leases().blockingOnLoss() == BlockingOnLoss.REISSUE;
    }

    private boolean takesNothing() {
        return route == Route.WAIT || isXreadOfNews() || replayClass() == ReplayClass.READ;
    }

    private boolean isXreadOfNews() {
        return spec != null && spec.name().equals("xread") && replayClass() != ReplayClass.READ;
    }

    private ReplayClass replayClass() {
        return spec == null ? ReplayClass.UNKNOWN : Replays.replayClass(spec, arguments);
    }

    private void failInDoubt() {
        house.counters().increment(Counter.IN_DOUBT);
        fail(Failures.inDoubt());
    }

    private void fail(String error) {
        end();
        to.onFailure(error);
        house.server().dirtySinks().flush();
    }

    // ---- its own time-out

    private void setAlarm() {
        if (alarm == null && timeout != null && timeout.millis() > 0) {
            long left = timeout.millis() * MILLI_NANOS - (house.lane().nanoTime() - beganNanos);
            alarm = house.lane().executor().schedule(this::onAlarm, Math.max(0, left));
        }
    }

    private void onAlarm() {
        alarm = null;
        if (phase == Phase.ASKING && house.server().isUp() && !isRefused()) {
            alarm = house.lane().executor().schedule(this::onAlarm, PATIENCE_NANOS); // Redis may have something for it
        } else if (phase == Phase.ASKING || (phase == Phase.IN_DOUBT && (connectionEnded || takesNothing()))) {
            answerEmpty();
        } else if (phase == Phase.IN_DOUBT) {
            failInDoubt();
        }
    }

    private boolean isRefused() {
        return retry != null && retry.isRefused();
    }

    /** What Redis says at the end of the time-out ({@code replyToBlockedClientTimedOut} in blocked.c); of replicas, that none is known to have it. */
    private void answerEmpty() {
        end();
        answer(out -> {
            if (route != Route.WAIT) {
                RespWriter.nullArray(out, key.respVersion());
            } else if (arguments.length == 3) {
                RespWriter.integer(out, 0);
            } else {
                RespWriter.arrayHeader(out, 2);
                RespWriter.integer(out, 0);
                RespWriter.integer(out, 0);
            }
        });
    }

    private void answer(Consumer<ByteBuf> write) {
        ByteBuf out = house.lane().allocator().directBuffer(32);
        try {
            write.accept(out);
            to.onReplies(out, 0, out.writerIndex(), 1);
            house.server().dirtySinks().flush(); // the reply is borrowed from this buffer
        } finally {
            out.release();
        }
    }

    @Override
    public boolean wantsUnsent() {
        return phase != Phase.ENDED;
    }

    @Override
    public long holdBudgetNanos() {
        return session.holdBudgetNanos();
    }
}
