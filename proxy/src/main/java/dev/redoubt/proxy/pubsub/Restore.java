package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Subscribes a new connection to what the one before it was subscribed to. Confined to the lane. */
final class Restore extends Operation {
    private final SubscriptionLink link;
    private final Kind kind;
    private final List<byte[]> names;

    Restore(SubscriptionLink link, Kind kind, List<byte[]> names) {
        super(null);
        this.link = link;
        this.kind = kind;
        this.names = names;
    }

    @Override
    int encode(ByteBuf out) {
        RespWriter.arrayHeader(out, names.size() + 1);
        RespWriter.bulk(out, kind.join());
        names.forEach(name -> RespWriter.bulk(out, name));
        return names.size();
    }

    @Override
    void onDone() {
        link.onRestored(this);
    }

    /** One name that is refused makes Redis refuse them all: each is tried alone, and whose it is has to go. */
    @Override
    void onError(String error) {
        if (names.size() > 1) {
            names.forEach(name -> link.restore(kind, List.of(name)));
        } else {
            link.onRefused(kind, names.get(0), error);
        }
        link.onRestored(this);
    }
}
