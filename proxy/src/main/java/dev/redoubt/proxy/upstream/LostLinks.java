package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.resp.RespError;
import dev.redoubt.proxy.status.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lost connections that are not fenced yet, each with who waits for the result. Confined to the lane. */
final class LostLinks {
    private record Lost(Identity identity, long lostNanos, Consumer<LossPolicy.Link> then) {}

    private static final long BUSY_RETRY_NANOS = 100_000_000;

    private final UpstreamServer server;
    private final List<Lost> waiting = new ArrayList<>();
    private final List<Lost> killing = new ArrayList<>();
    private int untold;

    LostLinks(UpstreamServer server) {
        this.server = server;
    }

    void add(Identity identity, long lostNanos, Consumer<LossPolicy.Link> then) {
        waiting.add(new Lost(identity, lostNanos, then));
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

    /** One line for all that were lost together. */
    private void tell() {
        if (untold > 0 && killing.isEmpty() && waiting.isEmpty()) {
            server.outageLog().fenced(untold);
            untold = 0;
        }
    }

    /** The control connection is gone: what it was fencing waits for the next one. */
    void onControlLost() {
        waiting.addAll(killing);
        killing.clear();
    }

    private void kill(Requests control, Lost lost) {
        killing.add(lost);
        List<String> command = new ArrayList<>(
                List.of("CLIENT", "KILL", "ID", Long.toString(lost.identity().clientId())));
        String address = lost.identity().clientAddress();
        if (address != null) {
            command.addAll(List.of("ADDR", address));
        }
        control.send(reply -> onKilled(control, lost, reply), command.toArray(new String[0]));
    }

    private void onKilled(Requests control, Lost lost, @Nullable Object reply) {
        if (reply instanceof RespError error && error.code().equals("BUSY")) {
            server.lane().executor().schedule(() -> retry(control, lost), BUSY_RETRY_NANOS);
            return;
        }
        killing.remove(lost);
        if (reply instanceof Long) {
            fenced(lost, LossPolicy.Link.FENCED);
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
