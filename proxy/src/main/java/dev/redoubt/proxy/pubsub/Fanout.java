package dev.redoubt.proxy.pubsub;

import io.netty.buffer.ByteBuf;
import java.util.Collection;

/**
 * Gives one message to all who are subscribed. A message reads the same in both protocols but for its first byte, so it goes out as the slice that Redis sent, with that byte set; clients of the other
 * protocol, where there are both, get a copy. Stateless.
 */
final class Fanout {
    private Fanout() {}

    /** Borrows the buffer until the clients are flushed, and writes the message's first byte. */
    static void deliver(Collection<Subscriber> members, ByteBuf buf, int from, int length) {
        boolean anyResp2 = false;
        for (Subscriber member : members) {
            anyResp2 |= isResp2(member);
        }
        if (anyResp2) {
            buf.setByte(from, '*');
        }
        for (Subscriber member : members) {
            Subscriber.Client client = member.client();
            if (isResp2(member) == anyResp2) {
                client.onMessage(buf, from, length);
            } else {
                client.pushes().writeByte('>').writeBytes(buf, from + 1, length - 1);
            }
        }
    }

    private static boolean isResp2(Subscriber member) {
        return member.client().respVersion() < 3;
    }
}
