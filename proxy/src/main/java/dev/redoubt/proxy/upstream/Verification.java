package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.RespError;
import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One check of a user and password at Redis, on a connection that is closed afterwards: a shared one would keep the old user on failure. Confined to the lane. */
public final class Verification {
    /**
     * How it ended.
     *
     * @param error Redis's error; null if it accepted them
     * @param isLost there was no answer
     */
    public record Result(@Nullable String error, boolean isLost) {}

    private final UpstreamServer server;
    private final Lane lane;
    private final Credentials credentials;
    private @Nullable Consumer<Result> then;

    public Verification(UpstreamServer server, Lane lane, Credentials credentials) {
        this.server = server;
        this.lane = lane;
        this.credentials = credentials;
    }

    /** Runs it; the consumer is called once. */
    public void run(Consumer<Result> whenDone) {
        then = whenDone;
        Requests requests = new Requests(cause -> end(new Result(null, true)));
        server.connector().connect(requests, new Connector.Outcome() {
            @Override
            public void connected(Channel channel, String address) {
                requests.send(ignored -> {}, "CLIENT", "SETNAME", new UpstreamKey(0, 2, null).connectionName("auth"));
                requests.send(
                        reply -> {
                            end(new Result(reply instanceof RespError error ? error.message() : null, false));
                            lane.executor().execute(requests::close);
                        },
                        credentials.authArguments());
            }

            @Override
            public void failed(String cause) {
                end(new Result(null, true));
            }
        });
    }

    private void end(Result result) {
        Consumer<Result> waiting = then;
        then = null;
        if (waiting != null) {
            waiting.accept(result);
        }
    }
}
