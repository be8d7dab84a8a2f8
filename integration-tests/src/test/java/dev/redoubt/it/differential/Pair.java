package dev.redoubt.it.differential;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One client: a connection to Redis and one to the proxy, which are told the same. Confined to one thread. */
final class Pair implements AutoCloseable {
    private final Connection direct;
    private final Connection proxied;
    private final Duration patience;
    /** For each frame that is due, what asks for it. */
    private final Deque<Request> due = new ArrayDeque<>();

    private int expected;
    private boolean ending;
    private boolean ended;

    Pair(Connection direct, Connection proxied, Duration patience) {
        this.direct = direct;
        this.proxied = proxied;
        this.patience = patience;
    }

    void send(Step step) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (Request request : step.requests()) {
            wire.writeBytes(request.wire());
            for (int i = 0; i < request.replies(); i++) {
                due.add(request);
                expected++;
            }
            ending |= request.ends();
        }
        direct.send(wire.toByteArray(), new Random(step.cuts()));
        proxied.send(wire.toByteArray(), new Random(step.cuts()));
    }

    /** Takes what is due on both sides. */
    void read() {
        while (!due.isEmpty() && !ended) {
            compare(due.removeFirst());
        }
        if (ending && !ended) {
            compare(new Request("(the end of the connection)", new byte[0], 1, Comparison.EXACT, true));
        }
    }

    /** QUIT, and all that comes until the end: nothing may have been left over. */
    void finish() {
        if (ended) {
            return;
        }
        Request quit = Request.command("QUIT");
        send(new Step(0, Step.Kind.CALL, List.of(quit), 0));
        while (!ended) {
            compare(due.isEmpty() ? quit : due.removeFirst());
        }
    }

    private void compare(Request request) {
        byte[] wanted = direct.next(patience);
        if (wanted == null) {
            throw new IllegalStateException("the test waits for a frame that Redis does not send: " + request.shown());
        }
        if (request.silences() && wanted != Connection.END && wanted[1] == 'Q') {
            throw new IllegalStateException("the test has lost count: inside MULTI, " + request.shown());
        }
        byte[] given = proxied.next(patience);
        if (given == null) {
            throw Difference.of(request, shown(wanted, null), "nothing in " + patience.toSeconds() + " s");
        }
        if (wanted == Connection.END || given == Connection.END
                ? wanted != given
                : !request.comparison().accepts(wanted, given)) {
            throw Difference.of(request, shown(wanted, given), shown(given, wanted));
        }
        ended = wanted == Connection.END;
    }

    private static String shown(byte[] frame, byte @Nullable [] other) {
        return frame == Connection.END ? "closes" : Difference.shown(frame, other);
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isWaitingForRedis() {
        return direct.received() < expected;
    }

    boolean isWaitingForProxy() {
        return proxied.received() < expected;
    }

    void reset() {
        direct.reset();
        proxied.reset();
    }

    @Override
    public void close() {
        direct.close();
        proxied.close();
    }
}
