package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One command on a connection of its own that is closed afterwards, without the usual handshake: while a script keeps Redis busy, AUTH and SCRIPT KILL are answered and most of a handshake is not. Confined
 * to the lane.
 */
public final class SpareCommand {
    /** How it ended: called once. */
    public interface Outcome {
        /** Redis's reply, in RESP2; borrowed. */
        void replied(ByteBuf frame);

        /** There is none. */
        void failed(String error);
    }

    private final UpstreamServer server;
    private final Lane lane;
    private final @Nullable Credentials credentials;
    private @Nullable Outcome outcome;
    private boolean sent;

    /** @param credentials null for the user that Redis gives to whoever connects */
    public SpareCommand(UpstreamServer server, Lane lane, @Nullable Credentials credentials) {
        this.server = server;
        this.lane = lane;
        this.credentials = credentials;
    }

    /** Runs it; an answer that has not come after so long does not count any more. */
    public void run(byte[][] command, long limitNanos, Outcome whenDone) {
        outcome = whenDone;
        Requests requests = new Requests(this::fail);
        lane.executor().schedule(() -> fail("no answer"), limitNanos);
        server.connector().connect(requests, new Connector.Outcome() {
            @Override
            public void connected(Channel channel, String address) {
                send(requests, command);
            }

            @Override
            public void failed(String cause) {
                fail(cause);
            }
        });
    }

    private void send(Requests requests, byte[][] command) {
        if (credentials != null) {
            requests.send(ignored -> {}, credentials.authArguments());
        }
        ByteBuf out = lane.allocator().directBuffer();
        RespWriter.command(out, command);
        sent = true;
        requests.sendEncoded(out, 1, frame -> {
            end(done -> done.replied(frame));
            lane.executor().execute(requests::close);
        });
    }

    private void fail(String cause) {
        end(done -> done.failed(sent ? Failures.inDoubt() : Failures.unavailable(server.description(), cause)));
    }

    private void end(Consumer<Outcome> how) {
        Outcome waiting = outcome;
        outcome = null;
        if (waiting != null) {
            how.accept(waiting);
        }
    }
}
