package dev.redoubt.it.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Subscribers of one channel, and one that publishes to it: the next messages when everybody has the last ones. One thread. */
final class Fanout implements AutoCloseable {
    private static final int STALL_MILLIS = 5_000;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String BODY = "x".repeat(64);
    private static final int CONFIRMATION_BYTES = "*3\r\n$9\r\nsubscribe\r\n$6\r\nfan000\r\n:1\r\n".length();
    private static final int MESSAGE_BYTES =
            "*3\r\n$7\r\nmessage\r\n$6\r\nfan000\r\n$64\r\n".length() + BODY.length() + 2;

    private final Selector selector = Selector.open();
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 16);
    /** One of its own: those who subscribed for the case before may not have been seen to leave. */
    private final String channel = String.format(Locale.ROOT, "fan%03d", COUNT.incrementAndGet() % 1000);

    private final Socket publisher;
    private final int subscribers;
    private long missing;

    Fanout(int port, int subscribers) throws IOException {
        this.subscribers = subscribers;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < subscribers; i++) {
            SocketChannel subscriber = SocketChannel.open(address);
            subscriber.setOption(StandardSocketOptions.TCP_NODELAY, true);
            subscriber.write(bytes(SessionLoad.command("SUBSCRIBE", channel)));
            subscriber.configureBlocking(false);
            subscriber.register(selector, SelectionKey.OP_READ);
        }
        await(CONFIRMATION_BYTES);
        publisher = new Socket(address.getAddress(), port);
        publisher.setTcpNoDelay(true);
        publisher.setSoTimeout(STALL_MILLIS);
    }

    /** Nanoseconds from sending so many messages until the last subscriber has them all. */
    void measure(long[] nanos, int messages) throws IOException {
        byte[] request =
                SessionLoad.command("PUBLISH", channel, BODY).repeat(messages).getBytes(StandardCharsets.US_ASCII);
        String replies = (":" + subscribers + "\r\n").repeat(messages);
        for (int i = 0; i < nanos.length; i++) {
            long sentAt = System.nanoTime();
            publisher.getOutputStream().write(request);
            await((long) messages * MESSAGE_BYTES);
            nanos[i] = System.nanoTime() - sentAt;
            byte[] given = publisher.getInputStream().readNBytes(replies.length());
            if (!new String(given, StandardCharsets.US_ASCII).equals(replies)) {
                throw new IOException("not everybody was counted: " + new String(given, StandardCharsets.US_ASCII));
            }
        }
    }

    /** Until each subscriber has so many bytes more. */
    private void await(long bytesEach) throws IOException {
        missing = bytesEach * subscribers;
        try {
            while (missing > 0) {
                if (selector.select(this::read, STALL_MILLIS) == 0) {
                    throw new IOException("subscribers miss " + missing + " bytes for " + STALL_MILLIS + " ms");
                }
            }
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private void read(SelectionKey key) {
        try {
            int length = ((SocketChannel) key.channel()).read(input.clear());
            if (length < 0 || length > missing) {
                throw new IOException("a subscriber was " + (length < 0 ? "closed" : "sent too much"));
            }
            missing -= length;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        publisher.close();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
