package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.command.CommandCatalog;
import dev.redoubt.proxy.command.CommandReply;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.UpstreamCommand;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalog in step with what the upstream says of its commands. It is asked on each connect of the control connection, and again when their number has changed, as MODULE LOAD does it. Confined
 * to the lane; a reply (about 150 KB of Redis 7, some milliseconds) is read on another thread.
 *
 * <p>A server that does not tell (ACL, renamed) leaves the table as it is.
 */
public final class TableUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(TableUpdates.class);
    private static final long LOOK_NANOS = 10_000_000_000L;
    private static final long UNKNOWN = -1;

    private final UpstreamServer server;
    private final Lane lane;
    private final CommandCatalog catalog;
    private final CommandTable builtIn;
    private final Executor readers;
    private long count = UNKNOWN;
    private long asked;

    /** @param readers where replies are read */
    public TableUpdates(UpstreamServer server, Lane lane, CommandCatalog catalog, Executor readers) {
        this.server = server;
        this.lane = lane;
        this.catalog = catalog;
        this.builtIn = catalog.table();
        this.readers = readers;
    }

    /** Begins; called once, before anything connects. */
    public void start() {
        server.whenRun(run -> ask());
        lookLater();
    }

    private void lookLater() {
        lane.executor().schedule(this::look, LOOK_NANOS);
    }

    private void look() {
        if (server.isUp() && count != UNKNOWN) {
            server.requests().send(reply -> onCount(reply instanceof Long now ? now : UNKNOWN), "COMMAND", "COUNT");
        }
        lookLater();
    }

    private void onCount(long now) {
        if (now != UNKNOWN && now != count) {
            ask();
        }
    }

    private void ask() {
        long question = ++asked;
        ByteBuf command = lane.allocator().buffer();
        RespWriter.command(command, "COMMAND");
        server.requests().sendEncoded(command, 1, frame -> {
            if (frame.getByte(frame.readerIndex()) == '*') {
                byte[] reply = ByteBufUtil.getBytes(frame);
                readers.execute(() -> read(question, reply));
            }
        });
    }

    /** On a reader's thread. */
    private void read(long question, byte[] reply) {
        try {
            List<UpstreamCommand> commands = CommandReply.parse(Unpooled.wrappedBuffer(reply));
            if (commands.stream().noneMatch(command -> command.name().equalsIgnoreCase("get"))) {
                return; // no Redis's answer: it would take all commands away
            }
            CommandTable merged = builtIn.merge(commands);
            lane.executor().execute(() -> onRead(question, merged, commands.size()));
        } catch (IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("bytes", reply.length)
                    .addKeyValue("advice", "commands are known from the built-in table; report the server's version")
                    .setCause(e)
                    .log("The server's reply to COMMAND was not understood");
        }
    }

    private void onRead(long question, CommandTable merged, long commands) {
        if (question == asked) {
            count = commands;
            catalog.replace(merged);
        }
    }
}
