package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** PING: a session's own while it may say little else, or the connection's, to see whether Redis is there. Confined to the lane. */
final class Ping extends Operation {
    private final Consumer<@Nullable String> then;

    /** @param then gets the error, if it was one */
    Ping(@Nullable Subscriber owner, Consumer<@Nullable String> then) {
        super(owner);
        this.then = then;
    }

    @Override
    int encode(ByteBuf out) {
        RespWriter.command(out, "PING");
        return 0;
    }

    @Override
    void onDone() {
        then.accept(null);
    }

    @Override
    void onError(String error) {
        then.accept(error);
    }
}
