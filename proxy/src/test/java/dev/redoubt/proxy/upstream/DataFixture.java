package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.LogFixture;
import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.lane.TestSocket;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A data connection over a log, with everybody around it writing down what they hear. */
final class DataFixture {
    static final int LARGE = 100;

    final TestLoop loop = new TestLoop();
    final LogFixture commands = new LogFixture();
    final CommandLog log = commands.log();
    final DirtySinks dirty = new DirtySinks();
    final List<String> heard = new ArrayList<>();
    final List<String> tapped = new ArrayList<>();
    private static final UpstreamKey KEY = new UpstreamKey(3, 2, null);
    final DataHandler handler =
            new DataHandler(log, loop.lane(), dirty, new Listener(), new Tap(), () -> KEY, LARGE, null);
    final TestSocket socket;

    DataFixture() {
        this.socket = new TestSocket(loop, handler);
    }

    /** One whose handler is not in the socket's pipeline yet. */
    static DataFixture withoutHandler() {
        return new DataFixture(false);
    }

    private DataFixture(boolean ignored) {
        this.socket = new TestSocket(loop);
    }

    private final class Listener implements DataHandler.Listener {
        @Override
        public void onAlive() {
            heard.add("alive");
        }

        @Override
        public void onWritable() {
            heard.add("writable");
        }

        @Override
        public void onLost(long unsentBytes, String cause) {
            heard.add("lost " + unsentBytes + " " + cause);
        }
    }

    private final class Tap implements ReplyTap {
        @Override
        public void onRun(UpstreamKey key, Entry entry, ByteBuf replies, int from, int length) {
            tapped.add("db" + key.database() + " " + entry.count() + ": "
                    + replies.toString(from, length, StandardCharsets.ISO_8859_1)
                            .replace("\r\n", "|"));
        }

        @Override
        public void onUnseen(UpstreamKey key, Entry entry) {
            tapped.add("db" + key.database() + " unseen " + entry.kind());
        }
    }

    /** What is in the log goes out. */
    void flush() {
        handler.flushLater();
        loop.run();
    }

    /** Ends the connection and what is left in the log. */
    void close() {
        socket.reset();
        log.takeAll(0).forEach(held -> held.release());
        commands.closeEmpty();
    }
}
