package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.status.Counter;
import io.netty.channel.Channel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connection that the proxy itself talks to Redis on: it tells whether Redis is there, fences lost connections and brings the journal back. Kept for as long as it lives, probed by PING.
 * Confined to the lane.
 */
final class ControlConnection {
    /** What it tells the server's owner. */
    interface Listener {
        void onControlReady(ServerRun run, Map<String, String> info);

        /** @param stood whether it was ready before: else it could not be opened */
        void onControlLost(String cause, boolean stood);
    }

    private final UpstreamServer server;
    private final Lane lane;
    private final Listener listener;
    private @Nullable Requests requests;
    private Runnable introduction = () -> {};
    private boolean ready;
    private long pingSentNanos = -1;
    private long lastReplyNanos;
    private long nextPingNanos;
    private long roundTripNanos = -1;
    private boolean answered;
    private long answeredPingNanos;

    ControlConnection(UpstreamServer server, Lane lane, Listener listener) {
        this.server = server;
        this.lane = lane;
        this.listener = listener;
    }

    /** Opens it; the listener hears how that ends. */
    void open() {
        Requests[] self = new Requests[1];
        self[0] = new Requests(cause -> {
            if (requests == self[0]) {
                onLost(cause);
            }
        });
        Requests fresh = self[0];
        requests = fresh;
        server.counters().increment(Counter.CONNECT_ATTEMPTS);
        server.connector().connect(fresh, new Connector.Outcome() {
            @Override
            public void connected(Channel channel, String address) {
                introduction = () -> shakeHands(fresh, channel, address);
                introduction.run();
            }

            @Override
            public void failed(String cause) {
                onLost(cause);
            }
        });
    }

    /** Shakes hands once more: there is a password now, and what Redis did not tell before it may tell now. */
    void introduceAgain() {
        if (ready) {
            introduction.run();
        }
    }

    private void shakeHands(Requests fresh, Channel channel, String address) {
        UpstreamKey key = new UpstreamKey(0, 2, server.user().credentials());
        new Handshake(fresh, key, null, "redoubt-control", address, lane, new Handshake.Outcome() {
                    @Override
                    public void ready(Identity identity, Map<String, String> info) {
                        if (server.search().refuses(info, lane.nanoTime())) {
                            failed(PrimarySearch.A_REPLICA);
                            return;
                        }
                        ready = true;
                        pingSentNanos = -1;
                        lastReplyNanos = lane.nanoTime();
                        nextPingNanos = lastReplyNanos;
                        listener.onControlReady(identity.run(), info);
                    }

                    @Override
                    public void failed(String cause) {
                        if (requests == fresh) {
                            onLost(cause);
                            channel.close();
                        }
                    }
                })
                .begin();
    }

    private void onLost(String cause) {
        if (requests != null) {
            requests = null;
            boolean stood = ready;
            ready = false;
            listener.onControlLost(cause, stood);
        }
    }

    boolean isReady() {
        return ready;
    }

    /** The connection to send on; null while there is none. */
    @Nullable
    Requests requests() {
        return ready ? requests : null;
    }

    /** Round trip of the last PING, in nanoseconds; -1 before the first. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    /** Whether a PING has been unanswered for so long. */
    boolean isSilent(long nowNanos, long nanos) {
        return !ready || (pingSentNanos >= 0 && nowNanos - pingSentNanos > nanos);
    }

    /** Whether it has answered a PING that was sent at that time, or later. */
    boolean hasAnsweredSince(long nanos) {
        return ready && answered && answeredPingNanos - nanos >= 0;
    }

    /** How long a PING has been unanswered, or since when nobody is there to be asked; 0 if neither. */
    long silentNanos(long nowNanos) {
        if (!ready) {
            return nowNanos - lastReplyNanos;
        }
        return pingSentNanos < 0 ? 0 : nowNanos - pingSentNanos;
    }

    /** Sends a PING when it is time, and gives a connection up that has not answered one within the limit. */
    void tick(long nowNanos) {
        Requests to = requests();
        if (to == null) {
            return;
        }
        if (pingSentNanos >= 0) {
            if (nowNanos - pingSentNanos > server.timings().stallLimit().toNanos()) {
                to.close();
            }
        } else if (nowNanos - nextPingNanos >= 0) {
            pingSentNanos = nowNanos;
            to.send(ignored -> onPong(), "PING");
        }
    }

    private void onPong() {
        lastReplyNanos = lane.nanoTime();
        roundTripNanos = lastReplyNanos - pingSentNanos;
        answered = true;
        answeredPingNanos = pingSentNanos;
        pingSentNanos = -1;
        nextPingNanos = lastReplyNanos + server.timings().pingInterval().toNanos();
    }

    /** Gives it up: another one is opened, perhaps to another server. */
    void leave(String cause) {
        Requests from = requests;
        if (ready && from != null) {
            onLost(cause);
            from.close();
        }
    }

    void close() {
        if (requests != null) {
            requests.close();
        }
    }
}
