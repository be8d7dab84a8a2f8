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

/** Subscribers of one channel, and one that publishes to it: the next messages when everybody has the last ones. One thread. */
final class Fanout implements AutoCloseable {
    private static final int STALL_MILLIS = 5_000;
    private static final String CHANNEL = "fanout";
    private static final String BODY = "x".repeat(64);
    private static final String CONFIRMATION = "*3\r\n$9\r\nsubscribe\r\n$6\r\nfanout\r\n:1\r\n";
    private static final String MESSAGE = "*3\r\n$7\r\nmessage\r\n$6\r\nfanout\r\n$64\r\n" + BODY + "\r\n";

    private final Selector selector = Selector.open();
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 16);
    private final Socket publisher;
    private final int subscribers;
    private long missing;

    Fanout(int port, int subscribers) throws IOException {
        this.subscribers = subscribers;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < subscribers; i++) {
            SocketChannel channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.write(bytes(SessionLoad.command("SUBSCRIBE", CHANNEL)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        await(CONFIRMATION.length());
        publisher = new Socket(address.getAddress(), port);
        publisher.setTcpNoDelay(true);
        publisher.setSoTimeout(STALL_MILLIS);
    }

    /** Nanoseconds from sending so many messages until the last subscriber has them all. */
    void measure(long[] nanos, int messages) throws IOException {
        byte[] request =
                SessionLoad.command("PUBLISH", CHANNEL, BODY).repeat(messages).getBytes(StandardCharsets.US_ASCII);
        String replies = (":" + subscribers + "\r\n").repeat(messages);
        for (int i = 0; i < nanos.length; i++) {
            long sentAt = System.nanoTime();
            publisher.getOutputStream().write(request);
            await((long) messages * MESSAGE.length());
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
