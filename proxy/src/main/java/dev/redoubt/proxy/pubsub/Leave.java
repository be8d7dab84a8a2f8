package dev.redoubt.proxy.pubsub;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session's UNSUBSCRIBE, PUNSUBSCRIBE or SUNSUBSCRIBE. Names that nobody else wants are left upstream too; for others a PING tells when all that was published before has come. Confined to the lane. */
final class Leave extends Operation {
    /** One name as the client gave it, with the membership that it ends, if any. */
    record Part(byte[] name, @Nullable Membership membership) {}

    private final Subscriber subscriber;
    private final Kind kind;
    private final List<Part> parts;
    private final List<byte[]> unwanted;

    /** @param unwanted names that nobody wants any more */
    Leave(Subscriber subscriber, Kind kind, List<Part> parts, List<byte[]> unwanted) {
        super(subscriber);
        this.subscriber = subscriber;
        this.kind = kind;
        this.parts = parts;
        this.unwanted = unwanted;
    }

    @Override
    int encode(ByteBuf out) {
        return Drop.encode(out, kind, unwanted);
    }

    @Override
    void onDone() {
        subscriber.onLeft(kind, parts);
    }
}
