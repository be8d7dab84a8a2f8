package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Leaves names whose last member has gone without a word. Confined to the lane. */
final class Drop extends Operation {
    private final Kind kind;
    private final List<byte[]> names;

    Drop(Kind kind, List<byte[]> names) {
        super(null);
        this.kind = kind;
        this.names = names;
    }

    @Override
    int encode(ByteBuf out) {
        return encode(out, kind, names);
    }

    /** Appends UNSUBSCRIBE or its like; PING where there is no name, since that would leave all. Returns the confirmations due. */
    static int encode(ByteBuf out, Kind kind, List<byte[]> names) {
        if (names.isEmpty()) {
            RespWriter.command(out, "PING");
            return 0;
        }
        RespWriter.arrayHeader(out, names.size() + 1);
        RespWriter.bulk(out, kind.leave());
        names.forEach(name -> RespWriter.bulk(out, name));
        return names.size();
    }

    @Override
    void onDone() {}
}
