package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.lane.TestSocket;
import dev.redoubt.proxy.resp.Arguments;
import dev.redoubt.proxy.resp.CommandScanner;
import dev.redoubt.proxy.resp.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;

/** One connection as {@link FakeRedis} sees it: shakes hands by itself, and leaves the rest to the test. */
public final class FakeConnection {
    private static final int READ_BYTES = 64 * 1024;
    private static final String UNANSWERED = "";

    private final FakeRedis redis;
    private final TestSocket socket;
    private final long id;
    private final CommandScanner scanner = new CommandScanner();
    private final ByteBuf unread = Unpooled.buffer();
    /** Answers to the proxy's own commands behind one that the test has yet to answer. */
    private final Queue<String> waiting = new ArrayDeque<>();

    private final List<String> received = new ArrayList<>();
    private final List<String> introduced = new ArrayList<>();
    private String name = "";
    private String user = "default";
    private boolean ready;

    FakeConnection(FakeRedis redis, TestLoop loop, ChannelHandler handler, long id) {
        this.redis = redis;
        this.id = id;
        this.socket = new TestSocket(loop);
        socket.pipeline().addLast(handler);
        socket.onSent(() -> loop.execute(this::read));
    }

    public TestSocket socket() {
        return socket;
    }

    public long id() {
        return id;
    }

    /** Whom it said it speaks for. */
    public String user() {
        return user;
    }

    /** What it called itself. */
    public String name() {
        return name;
    }

    public boolean isOpen() {
        return socket.isOpen();
    }

    boolean isReady() {
        return ready;
    }

    /** The commands that came since the last call, past the handshake, as words. */
    public List<String> takeReceived() {
        List<String> taken = List.copyOf(received);
        received.clear();
        return taken;
    }

    /** What was said about tracking before it was ready. */
    public List<String> introduced() {
        return introduced;
    }

    /** Bytes that came since, of a command that is not whole. */
    public int partBytes() {
        return unread.readableBytes();
    }

    /** Redis answers, in reads of the size that production has; answers that waited behind it follow. Runs the loop. */
    public void reply(String replies) {
        send(replies);
        while (!waiting.isEmpty() && !UNANSWERED.equals(waiting.peek())) {
            send(waiting.remove());
        }
    }

    private void send(String replies) {
        if (UNANSWERED.equals(waiting.peek())) {
            waiting.remove();
        }
        byte[] bytes = Wire.bytes(replies);
        for (int from = 0; from < bytes.length; from += READ_BYTES) {
            socket.receive(Arrays.copyOfRange(bytes, from, Math.min(from + READ_BYTES, bytes.length)));
        }
    }

    /** The connection is lost; runs the loop. */
    public void lose() {
        socket.reset();
    }

    private void read() {
        unread.writeBytes(socket.takeSent());
        scanner.start(unread.readerIndex());
        while (scanner.scan(unread, unread.writerIndex()) == CommandScanner.Outcome.COMMAND) {
            byte[][] arguments = Arguments.read(unread, unread.readerIndex());
            unread.readerIndex(scanner.position());
            String command = Arrays.stream(arguments)
                    .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                    .collect(Collectors.joining(" "));
            onCommand(command);
            scanner.start(unread.readerIndex());
        }
    }

    private void onCommand(String command) {
        if (command.startsWith("CLIENT SETNAME ") && !ready) {
            name = command.substring("CLIENT SETNAME ".length());
        }
        if (command.startsWith("CLIENT TRACKING ") && !ready) {
            introduced.add(command);
        }
        if (command.startsWith("AUTH ")) {
            user = command.split(" ").length == 3 ? command.split(" ")[1] : "default";
        }
        boolean own = !ready
                || name.startsWith("redoubt-control")
                || name.startsWith("redoubt-auth")
                || command.equals(FakeRedis.IDLE_PING);
        String reply = own ? redis.ownReply(this, command) : redis.dataReply(command);
        if (command.equals("INFO")) {
            ready = true;
        }
        if (!own) {
            received.add(command);
        }
        if (own && (reply == null || !waiting.isEmpty())) {
            waiting.add(reply == null ? UNANSWERED : reply);
        } else if (reply != null) {
            socket.receiveSoon(Wire.bytes(reply));
        }
    }
}
