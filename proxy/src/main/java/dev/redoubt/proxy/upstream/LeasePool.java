package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.config.BlockingOnLoss;
import dev.redoubt.proxy.config.LeaseSettings;
import dev.redoubt.proxy.lane.ByteAccount;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.LeaseHolder;
import dev.redoubt.proxy.status.LeaseReason;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connections to lend to single sessions, at most so many; idle ones are kept for a while. Confined to the lane. */
public final class LeasePool {
    private static final long RETRY_NANOS = 50_000_000;
    private static final long KEEP_IDLE_NANOS = 30_000_000_000L;
    private static final int KEEP_IDLE = 8;

    private final UpstreamServer server;
    private final Lane lane;
    private final LeaseSettings settings;
    private final Map<UpstreamKey, Deque<Lease>> idle = new LinkedHashMap<>();
    private final Set<Lease> open = new LinkedHashSet<>();
    private final ByteAccount bytes = new ByteAccount();
    private final BusySpell busy;
    private final LeaseRefusals refusals;
    private int opening;
    private int reserved;

    public LeasePool(UpstreamServer server, Lane lane, LeaseSettings settings) {
        this.server = server;
        this.lane = lane;
        this.settings = settings;
        this.busy = new BusySpell(server.timings().busyHold().toNanos());
        this.refusals = new LeaseRefusals(server, lane, busy);
        server.whenRun(now -> List.copyOf(open).forEach(lease -> lease.onRun(now)));
    }

    /** What became of a request: called once, at once or later. */
    public interface Outcome {
        void leased(Lease lease);

        /** An error for the client, beginning with its code. */
        void failed(String error);

        /** Whether anybody still waits. */
        boolean isWanted();
    }

    /** Lends a connection for that key; waits for Redis for at most so many nanoseconds. */
    public void acquire(UpstreamKey key, Lease.Holder holder, LeaseReason reason, long budgetNanos, Outcome outcome) {
        new Request(key, holder, reason, outcome, lane.nanoTime() + budgetNanos).run();
    }

    /** Counts one more of the sessions that have a data connection of their own; false when there are too many. */
    public boolean reserve() {
        if (isFull() && !makeRoom()) {
            return false;
        }
        reserved++;
        return true;
    }

    /** That session has none any more. */
    public void giveBack() {
        reserved--;
    }

    private boolean isFull() {
        return open.size() + opening + reserved >= settings.max();
    }

    /** The error for whoever gets none, who is counted. */
    public String exhausted() {
        server.counters().increment(Counter.LEASES_SPENT);
        return "UNAVAILABLE all " + settings.max()
                + " leased connections are in use (leases.max); the command was not applied";
    }

    /** Leases that are held. */
    public int held() {
        int kept = idle.values().stream().mapToInt(Deque::size).sum();
        return open.size() - kept + reserved;
    }

    /** What becomes of blocking commands on a connection whose other end is unknown. */
    public BlockingOnLoss blockingOnLoss() {
        return settings.blockingOnLoss();
    }

    /** How many there may be. */
    public int max() {
        return settings.max();
    }

    /** Who holds one, why and for how long; the oldest first. */
    public List<LeaseHolder> holders() {
        return open.stream()
                .map(Lease::holder)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingLong(LeaseHolder::heldMillis).reversed())
                .toList();
    }

    /** What the logs of all leases keep alive. */
    ByteAccount bytes() {
        return bytes;
    }

    LeaseRefusals refusals() {
        return refusals;
    }

    void onReleased(Lease lease) {
        Deque<Lease> kept = idle.computeIfAbsent(lease.key(), key -> new ArrayDeque<>());
        dropStale(kept);
        if (lease.isUsable() && kept.size() < KEEP_IDLE) {
            kept.push(lease);
        } else {
            lease.close();
        }
    }

    void onClosed(Lease lease) {
        open.remove(lease);
        Deque<Lease> kept = idle.get(lease.key());
        if (kept != null) {
            kept.remove(lease);
        }
    }

    private void dropStale(Deque<Lease> kept) {
        long limit = lane.nanoTime() - KEEP_IDLE_NANOS;
        while (!kept.isEmpty() && kept.peekLast().isIdleSince(limit)) {
            kept.removeLast().close();
        }
    }

    private @Nullable Lease takeIdle(UpstreamKey key) {
        Deque<Lease> kept = idle.get(key);
        Lease lease = kept == null ? null : kept.poll();
        return lease != null && lease.isUsable() ? lease : null;
    }

    /** Closes an idle connection, of whatever key, in favour of one that is needed. */
    private boolean makeRoom() {
        for (Deque<Lease> kept : idle.values()) {
            Lease lease = kept.pollLast();
            if (lease != null) {
                open.remove(lease);
                lease.close();
                return true;
            }
        }
        return false;
    }

    private final class Request implements Runnable {
        private final UpstreamKey key;
        private final Lease.Holder holder;
        private final LeaseReason reason;
        private final Outcome outcome;
        private final long deadlineNanos;

        Request(UpstreamKey key, Lease.Holder holder, LeaseReason reason, Outcome outcome, long deadlineNanos) {
            this.key = key;
            this.holder = holder;
            this.reason = reason;
            this.outcome = outcome;
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        public void run() {
            if (!outcome.isWanted()) {
                return;
            }
            boolean ready = server.isUp() && !server.isFencing();
            Lease kept = ready ? takeIdle(key) : null;
            if (kept != null) {
                grant(kept);
            } else if (isFull() && !makeRoom()) {
                outcome.failed(exhausted());
            } else if (ready) {
                connect();
            } else {
                later(server.lastError());
            }
        }

        private void connect() {
            opening++;
            new DataConnection("lease", server, lane, key, new DataConnection.Outcome() {
                        private boolean connected;

                        @Override
                        public void ready(Channel channel, Identity identity) {
                            opening--;
                            connected = true;
                            onConnected(channel, identity);
                        }

                        @Override
                        public void failed(String cause) {
                            if (!connected) {
                                opening--;
                                onFailed(cause);
                            }
                        }
                    })
                    .open();
        }

        /** What Redis refuses to this user, protocol or database it will not grant by waiting. */
        private void onFailed(String cause) {
            if (DataConnection.isRefusal(cause) && outcome.isWanted()) {
                outcome.failed(DataConnection.refusal(cause));
            } else if (Failures.isBusy(cause) && busy.isLongAt(lane.nanoTime()) && outcome.isWanted()) {
                outcome.failed(cause);
            } else {
                later(cause);
            }
        }

        private void onConnected(Channel channel, Identity identity) {
            Lease lease = new Lease(LeasePool.this, server, lane, key, channel, identity);
            busy.end();
            server.counters().increment(Counter.LEASES_OPENED);
            open.add(lease);
            if (outcome.isWanted()) {
                grant(lease);
            } else {
                lease.release();
            }
        }

        private void grant(Lease lease) {
            lease.hold(holder, reason);
            outcome.leased(lease);
        }

        private void later(String cause) {
            if (!outcome.isWanted()) {
                return;
            }
            if (server.isDisabled() || server.isGivenUp() || lane.nanoTime() - deadlineNanos >= 0) {
                server.counters().increment(Counter.UNAVAILABLE);
                outcome.failed(Failures.unavailable(server.description(), cause));
                return;
            }
            lane.executor().schedule(this, RETRY_NANOS);
        }
    }

    /** Closes all. */
    public void close() {
        List.copyOf(open).forEach(Lease::close);
    }
}
