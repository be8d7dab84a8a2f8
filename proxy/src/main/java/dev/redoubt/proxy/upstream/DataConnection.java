package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Lane;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One attempt to open a connection for data: connect, then shake hands. Confined to the lane. */
public final class DataConnection {
    /** How it ended: called once. */
    public interface Outcome {
        /** Usable. The channel's only handler is a {@link Requests}, to be replaced by the caller, who hears of a loss before that. */
        void ready(Channel channel, Identity identity);

        /** Not connected, or lost before the handler was replaced. */
        void failed(String cause);
    }

    private final String purpose;
    private final UpstreamServer server;
    private final Lane lane;
    private final UpstreamKey key;
    private final Outcome outcome;
    private final Requests requests = new Requests(this::onLost);
    private boolean ended;

    /** Two methods as an outcome. */
    public static Outcome outcome(BiConsumer<Channel, Identity> ready, Consumer<String> failed) {
        return new Outcome() {
            @Override
            public void ready(Channel channel, Identity identity) {
                ready.accept(channel, identity);
            }

            @Override
            public void failed(String cause) {
                failed.accept(cause);
            }
        };
    }

    /** @param purpose a word for the connection's name in CLIENT LIST */
    public DataConnection(String purpose, UpstreamServer server, Lane lane, UpstreamKey key, Outcome outcome) {
        this.purpose = purpose;
        this.server = server;
        this.lane = lane;
        this.key = key;
        this.outcome = outcome;
    }

    /** Begins; the outcome hears of the end. */
    public void open() {
        server.connector().connect(requests, new Connector.Outcome() {
            @Override
            public void connected(Channel channel, String address) {
                shakeHands(channel, address);
            }

            @Override
            public void failed(String cause) {
                fail(cause);
            }
        });
    }

    /** Whether a cause of failure is Redis's answer to what the key asks for (user, protocol, database), rather than a matter of the connection. */
    public static boolean isRefusal(String cause) {
        return Handshake.isRefusal(cause);
    }

    /** Redis's error in such a cause. */
    public static String refusal(String cause) {
        return Handshake.refusal(cause);
    }

    private void shakeHands(Channel channel, String address) {
        String name = key.connectionName(purpose);
        new Handshake(requests, key, server.user().credentials(), name, address, lane, new Handshake.Outcome() {
                    @Override
                    public void ready(Identity identity, Map<String, String> info) {
                        if (server.search().refuses(info, lane.nanoTime())) {
                            failed(PrimarySearch.A_REPLICA);
                        } else {
                            server.ownAddresses().add(channel, identity.clientAddress());
                            outcome.ready(channel, identity);
                        }
                    }

                    @Override
                    public void failed(String cause) {
                        fail(cause);
                        channel.close();
                    }
                })
                .begin();
    }

    private void onLost(String cause) {
        fail(cause);
    }

    private void fail(String cause) {
        if (!ended) {
            ended = true;
            outcome.failed(cause);
        }
    }
}
