package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What Redis says to each name that is subscribed to or left. Stateless. */
final class Confirmation {
    private Confirmation() {}

    /** @param name null where there was nothing to leave */
    static void write(ByteBuf out, int respVersion, String word, byte @Nullable [] name, int count) {
        RespWriter.pushHeader(out, 3, respVersion);
        RespWriter.bulk(out, word);
        if (name == null) {
            RespWriter.nullValue(out, respVersion);
        } else {
            RespWriter.bulk(out, name);
        }
        RespWriter.integer(out, count);
    }
}
