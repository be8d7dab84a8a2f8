package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.pubsub.Kind;
import dev.redoubt.proxy.pubsub.Subscriptions;
import dev.redoubt.proxy.resp.RespValues;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replies that count subscribers: to PUBLISH, SPUBLISH, PUBSUB NUMSUB and SHARDNUMSUB. Redis sees one subscriber where several of the proxy's clients share a channel, so those beyond the first are
 * added, as many as there are when the command is sent. One per session, confined to the lane.
 */
final class Audience {
    private final ClientSession session;
    private final Subscriptions subscriptions;

    Audience(ClientSession session, Subscriptions subscriptions) {
        this.session = session;
        this.subscriptions = subscriptions;
    }

    /** Who takes the reply to that command: the session itself where Redis counts right, or refuses the command. */
    ReplySink sink(Command command) {
        if (!subscriptions.hasSurplus()) {
            return session;
        }
        return switch (command.name()) {
            case "publish" -> published(Kind.CHANNEL, command);
            case "spublish" -> published(Kind.SHARD, command);
            default -> counted(command.word(1).equals("NUMSUB") ? Kind.CHANNEL : Kind.SHARD, command);
        };
    }

    private ReplySink published(Kind kind, Command command) {
        int surplus = command.count() < 2 ? 0 : subscriptions.audienceSurplus(kind, command.arguments()[1]);
        return surplus == 0 ? session : new Correction(new int[] {surplus});
    }

    private ReplySink counted(Kind kind, Command command) {
        int[] surplus = new int[command.count() - 2];
        for (int i = 0; i < surplus.length; i++) {
            surplus[i] = subscriptions.subscriberSurplus(kind, command.arguments()[i + 2]);
        }
        return new Correction(surplus);
    }

    /** Adds to a number, or to every second element of an array; anything else is passed on. */
    private final class Correction extends PassingSink {
        private final int[] surplus;

        Correction(int[] surplus) {
            super(session);
            this.surplus = surplus;
        }

        @Override
        public void onReplies(ByteBuf buf, int from, int length, int count) {
            Object reply = read(buf, from);
            if (session.hasLeft() || reply == null) {
                super.onReplies(buf, from, length, count);
                return;
            }
            write(session.reply(), reply);
            super.onReplies(Unpooled.EMPTY_BUFFER, 0, 0, count);
        }

        /** Null for what counts nothing. */
        private @Nullable Object read(ByteBuf buf, int from) {
            try {
                Object reply = RespValues.read(buf, from);
                return (reply instanceof Long && surplus.length == 1) || isCounts(reply) ? reply : null;
            } catch (NumberFormatException notFromRedis) {
                return null;
            }
        }

        private boolean isCounts(@Nullable Object reply) {
            if (!(reply instanceof List<?> list) || list.size() != 2 * surplus.length) {
                return false;
            }
            for (int i = 0; i < list.size(); i += 2) {
                if (!(list.get(i) instanceof byte[] && list.get(i + 1) instanceof Long)) {
                    return false;
                }
            }
            return true;
        }

        private void write(ByteBuf out, Object reply) {
            if (reply instanceof Long number) {
                RespWriter.integer(out, number + surplus[0]);
            } else if (reply instanceof List<?> pairs) {
                RespWriter.arrayHeader(out, pairs.size());
                for (int i = 0; i < pairs.size(); i += 2) {
                    RespWriter.bulk(out, (byte[]) pairs.get(i));
                    RespWriter.integer(out, (Long) pairs.get(i + 1) + surplus[i / 2]);
                }
            }
        }
    }
}
