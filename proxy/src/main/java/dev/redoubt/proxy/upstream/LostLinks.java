package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.resp.RespError;
import dev.redoubt.proxy.status.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lost connections that are not fenced yet, each with who waits for the result. Confined to the lane. */
final class LostLinks {
    /** @param waiting it was waiting in a blocking command: whether it still is tells whether it took something */
    private record Lost(Identity identity, long lostNanos, boolean waiting, Consumer<LossPolicy.Link> then) {}

    private static final long BUSY_RETRY_NANOS = 100_000_000;

    private final UpstreamServer server;
    private final List<Lost> waiting = new ArrayList<>();
    private final List<Lost> killing = new ArrayList<>();
    private final List<Runnable> onAllFenced = new ArrayList<>();
    private int untold;

    LostLinks(UpstreamServer server) {
        this.server = server;
    }

    void add(Identity identity, long lostNanos, boolean inBlockingCommand, Consumer<LossPolicy.Link> then) {
        waiting.add(new Lost(identity, lostNanos, inBlockingCommand, then));
    }

    /** Fences all that wait, over a control connection to that run. */
    void fence(Requests control, ServerRun run) {
        List<Lost> now = List.copyOf(waiting);
        waiting.clear();
        for (Lost lost : now) {
            switch (Fence.step(
                    lost.identity(), run, lost.lostNanos(), server.timings().behindBalancer())) {
                case KILL -> kill(control, lost);
                case NONE_NEEDED -> fenced(lost, LossPolicy.Link.FENCED_NEW_RUN);
                case IMPOSSIBLE ->
                    unfenced(lost, "another server answers at this address, or it does not tell its run_id");
            }
        }
        tell();
    }

    /** Whether one of them may still take effect. */
    boolean isAnyLeft() {
        return !waiting.isEmpty() || !killing.isEmpty();
    }

    /** Runs the task when none is left, or when that has to wait for another control connection. */
    void whenNoneIsLeft(Runnable task) {
        onAllFenced.add(task);
    }

    private void tell() {
        if (isAnyLeft()) {
            return;
        }
        if (untold > 0) {
            server.outageLog().fenced(untold); // one line for all that were lost together
            untold = 0;
        }
        wakeAll();
        server.onAllFenced();
    }

    /** Whoever waits looks again whether it has to. */
    void wakeAll() {
        List<Runnable> tasks = List.copyOf(onAllFenced);
        onAllFenced.clear();
        tasks.forEach(Runnable::run);
    }

    /** The control connection is gone: what it was fencing waits for the next one. */
    void onControlLost() {
        waiting.addAll(killing);
        killing.clear();
        wakeAll();
    }

    /**
     * 1 from UNBLOCK proves that nothing was taken: it is this that ended the wait. Nothing else was sent on that connection, so nothing can happen on it before KILL; a MULTI around the two would end
     * a WATCH of the journal's, which uses the same control connection. With ERROR, as without it a Redis 7.0 ends that is told to unblock a client which CLIENT PAUSE holds (a panic in
     * {@code replyToBlockedClientTimedOut}).
     */
    private void kill(Requests control, Lost lost) {
        killing.add(lost);
        boolean[] waited = new boolean[1];
        if (lost.waiting()) {
            String id = Long.toString(lost.identity().clientId());
            control.send(reply -> waited[0] = Long.valueOf(1).equals(reply), "CLIENT", "UNBLOCK", id, "ERROR");
        }
        control.send(reply -> onKilled(control, lost, reply, waited[0]), killCommand(lost.identity()));
    }

    private static String[] killCommand(Identity identity) {
        List<String> command = new ArrayList<>(List.of("CLIENT", "KILL", "ID", Long.toString(identity.clientId())));
        String address = identity.clientAddress();
        if (address != null) {
            command.addAll(List.of("ADDR", address));
        }
        return command.toArray(new String[0]);
    }

    private void onKilled(Requests control, Lost lost, @Nullable Object reply, boolean waited) {
        if (reply instanceof RespError error && error.code().equals("BUSY")) {
            server.lane().executor().schedule(() -> retry(control, lost), BUSY_RETRY_NANOS);
            return;
        }
        killing.remove(lost);
        if (reply instanceof Long) {
            fenced(lost, waited ? LossPolicy.Link.FENCED_WAITING : LossPolicy.Link.FENCED);
        } else {
            unfenced(lost, reply instanceof RespError error ? error.message() : "CLIENT KILL gave no number");
        }
        tell();
    }

    private void retry(Requests control, Lost lost) {
        if (control.isOpen() && killing.remove(lost)) {
            kill(control, lost);
        }
    }

    private void fenced(Lost lost, LossPolicy.Link link) {
        server.counters().increment(Counter.FENCED);
        untold++;
        lost.then().accept(link);
    }

    private void unfenced(Lost lost, String cause) {
        server.counters().increment(Counter.FENCE_FAILED);
        server.outageLog().unfenceable(cause);
        lost.then().accept(LossPolicy.Link.UNFENCED);
    }
}
