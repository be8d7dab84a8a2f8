package dev.redoubt.proxy.resolver;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.lane.LaneExecutor.Scheduled;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one host, for each attempt to connect anew. There is one look-up at a time, which all attempts of that moment share and which serves for a short while after it (a burst of leases does not
 * ask DNS a hundred times), unless an attempt fails: the next one asks again.
 *
 * <p>When the resolver does not answer, the addresses that it gave last are tried, so that an outage of DNS is not one of Redis (as RFC 8767 has it for resolvers). When it says that the name is
 * gone, they are forgotten. Confined to the lane.
 */
public final class HostAddresses {
    /** Longer than what DNS takes that works, shorter than a client notices. */
    private static final long KNOWN_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String host;
    private final Lookup lookup;
    private final Lane lane;
    private final long reuseNanos;
    private final Duration patience;

    private final List<Waiter> waiters = new ArrayList<>();
    private boolean asking;
    private long askedNanos;
    private @Nullable List<InetAddress> known;
    private boolean reusable;
    private long knownNanos;
    private @Nullable InetAddress good;

    /**
     * @param reuse how long an answer serves further attempts
     * @param patience how long an attempt waits for an answer
     */
    public HostAddresses(String host, Lookup lookup, Lane lane, Duration reuse, Duration patience) {
        this.host = host;
        this.lookup = lookup;
        this.lane = lane;
        this.reuseNanos = reuse.toNanos();
        this.patience = patience;
    }

    /** An attempt that waits for an answer. */
    private final class Waiter {
        private final Consumer<Answer> whenDone;
        private @Nullable Scheduled timer;

        Waiter(Consumer<Answer> whenDone) {
            this.whenDone = whenDone;
        }

        void done(Answer answer) {
            if (timer != null) {
                timer.cancel();
            }
            whenDone.accept(answer);
        }
    }

    /** The addresses to try, or why there are none. The answer comes on the lane: at once, if one is at hand, and in any case within the patience. */
    public void find(Consumer<Answer> whenDone) {
        List<InetAddress> last = known;
        if (last != null && reusable && lane.nanoTime() - knownNanos < reuseNanos) {
            whenDone.accept(inOrder(last));
            return;
        }
        if (!asking) {
            ask();
        }
        Waiter waiter = new Waiter(whenDone);
        waiters.add(waiter);
        long waited = lane.nanoTime() - askedNanos;
        long limit = last == null ? patience.toNanos() + waited : KNOWN_AFTER_NANOS;
        waiter.timer = lane.executor().schedule(() -> giveUp(waiter), Math.max(0, limit - waited));
    }

    /** A connection to that address stands: further ones go there first, so that all lead to one server. */
    public void onConnected(InetAddress address) {
        good = address;
    }

    /** None of the addresses would do: the next attempt looks the name up anew. */
    public void onFailed() {
        good = null;
        reusable = false;
    }

    private void ask() {
        asking = true;
        askedNanos = lane.nanoTime();
        lookup.start(host, answer -> lane.executor().execute(() -> onAnswer(answer)));
    }

    private void onAnswer(Answer answer) {
        asking = false;
        if (answer instanceof Answer.Found found) {
            known = found.addresses();
            knownNanos = lane.nanoTime();
            reusable = true;
        } else if (answer instanceof Answer.Missing missing && missing.certain()) {
            known = null;
        }
        List<Waiter> all = List.copyOf(waiters);
        waiters.clear();
        all.forEach(waiter -> waiter.done(orKnown(answer)));
    }

    private void giveUp(Waiter waiter) {
        if (waiters.remove(waiter)) {
            waiter.done(orKnown(
                    new Answer.Missing("the resolver did not answer within " + patience.toMillis() + " ms", false)));
        }
    }

    private Answer orKnown(Answer answer) {
        List<InetAddress> last = known;
        return last == null ? answer : inOrder(last);
    }

    private Answer inOrder(List<InetAddress> addresses) {
        InetAddress first = good;
        if (first == null || !addresses.contains(first)) {
            return new Answer.Found(addresses);
        }
        List<InetAddress> ordered = new ArrayList<>(addresses);
        ordered.remove(first);
        ordered.add(0, first);
        return new Answer.Found(ordered);
    }
}
