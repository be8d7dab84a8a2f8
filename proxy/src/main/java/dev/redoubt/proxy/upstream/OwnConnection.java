package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;

/** What the proxy itself says on the connection of a {@link Tenant}, in line with the session's commands. Stateless. */
public final class OwnConnection {
    private OwnConnection() {}

    /** The tenant has another database, protocol or user now; nothing of it is in flight. */
    public static void change(SharedUpstream own, UpstreamKey to, ReplySink replies, Lane lane) {
        ByteBuf out = lane.allocator().directBuffer();
        int commands = to.change(own.key(), out);
        own.becomes(to);
        say(own, out, commands, replies, lane);
    }

    /** Sends one command. */
    public static void say(SharedUpstream own, byte[][] command, ReplySink replies, Lane lane) {
        ByteBuf out = lane.allocator().directBuffer();
        RespWriter.command(out, command);
        say(own, out, 1, replies, lane);
    }

    /** Takes the buffer. It fits: limits are for what clients send. */
    private static void say(SharedUpstream own, ByteBuf out, int count, ReplySink replies, Lane lane) {
        if (count > 0) {
            own.log().append(replies, out, 0, out.writerIndex(), count, false, lane.nanoTime());
            own.flushLater();
        }
        out.release();
    }
}
