package dev.redoubt.it.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Clients that each send the same bytes again when the reply has come, whose length is known: that is all they look at, so that
 * they cost little. One thread.
 */
final class FixedLoad implements AutoCloseable {
    private static final long STALL_MILLIS = 5_000;

    private final Selector selector = Selector.open();
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 16);
    private final int replyLength;
    private int begun;
    private int done;

    private static final class Client {
        private final ByteBuffer request;
        private int missing;
        private long sentAt;

        private Client(byte[] request) {
            this.request = ByteBuffer.allocateDirect(request.length).put(request);
        }
    }

    FixedLoad(int port, byte[][] requests, int replyLength) throws IOException {
        this.replyLength = replyLength;
        for (byte[] request : requests) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Client(request));
        }
    }

    /** As many requests as there is room for figures: each one's nanoseconds from its sending to the end of its reply. */
    void measure(long[] nanos) throws IOException {
        for (SelectionKey key : selector.keys()) {
            send(key, nanos.length);
        }
        while (done < nanos.length) {
            readOnce(nanos);
        }
    }

    private void readOnce(long[] nanos) throws IOException {
        try {
            if (selector.select(key -> read(key, nanos), STALL_MILLIS) == 0) {
                throw new IOException("no reply of " + replyLength + " bytes in " + STALL_MILLIS + " ms");
            }
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private void read(SelectionKey key, long[] nanos) {
        Client client = (Client) key.attachment();
        try {
            int length = ((SocketChannel) key.channel()).read(input.clear());
            if (length < 0 || length > client.missing) {
                throw new IOException("not the expected reply: " + (length < 0 ? "closed" : "too long"));
            }
            client.missing -= length;
            if (client.missing == 0) {
                nanos[done++] = System.nanoTime() - client.sentAt;
                send(key, nanos.length);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void send(SelectionKey key, int most) throws IOException {
        if (begun == most) {
            return;
        }
        begun++;
        Client client = (Client) key.attachment();
        client.missing = replyLength;
        client.sentAt = System.nanoTime();
        ((SocketChannel) key.channel()).write(client.request.flip());
        if (client.request.hasRemaining()) {
            throw new IOException("a request is larger than the socket's buffer");
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
