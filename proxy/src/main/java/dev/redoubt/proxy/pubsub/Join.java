package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** A session's SUBSCRIBE, PSUBSCRIBE or SSUBSCRIBE. Confined to the lane. */
final class Join extends Operation {
    private final Subscriber subscriber;
    private final Kind kind;
    private final List<Membership> memberships = new ArrayList<>();

    Join(Subscriber subscriber, Kind kind, byte[][] names) {
        super(subscriber);
        this.subscriber = subscriber;
        this.kind = kind;
        for (byte[] name : names) {
            memberships.add(subscriber.want(kind, new Name(name), this));
        }
    }

    @Override
    int encode(ByteBuf out) {
        RespWriter.arrayHeader(out, memberships.size() + 1);
        RespWriter.bulk(out, kind.join());
        memberships.forEach(one -> RespWriter.bulk(out, one.topic().name().bytes()));
        return memberships.size();
    }

    @Override
    boolean isDoneByLoss() {
        return false;
    }

    @Override
    void onDone() {
        subscriber.onJoined(kind, memberships);
    }

    @Override
    void onError(String error) {
        memberships.stream().filter(one -> one.madeBy(this)).forEach(this::giveUp);
        subscriber.onFailed(error);
    }

    /** An earlier member may have left in silence, because this one was to stay. */
    private void giveUp(Membership membership) {
        Topic topic = membership.topic();
        subscriber.unwant(membership);
        if (!topic.isWanted()) {
            topic.link().drop(kind, List.of(topic.name().bytes()));
        }
    }
}
