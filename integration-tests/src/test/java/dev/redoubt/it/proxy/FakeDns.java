package dev.redoubt.it.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A DNS server on loopback that knows what a test tells it, and falls silent when told to. It answers questions for IPv4 addresses; for anything else a known name has no record. Thread-safe.
 */
final class FakeDns implements AutoCloseable {
    private static final int HEADER_BYTES = 12;
    private static final int TYPE_A = 1;
    private static final int NXDOMAIN = 3;

    private final DatagramSocket socket;
    private final Thread thread = new Thread(this::serve, "fake-dns");
    private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
    private final List<String> questions = new ArrayList<>();
    private volatile boolean silent;

    FakeDns() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        thread.setDaemon(true);
        thread.start();
    }

    /** {@code 127.0.0.1:PORT}. */
    String place() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** From now on that name has these addresses, and no others. */
    void knows(String name, String... addresses) throws IOException {
        List<InetAddress> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(InetAddress.getByName(address));
        }
        names.put(name, all);
    }

    /** It hears, and says nothing. */
    void hang() {
        silent = true;
    }

    /** Names that it was asked for, in order, each time. */
    List<String> questions() {
        synchronized (questions) {
            return List.copyOf(questions);
        }
    }

    private void serve() {
        try {
            while (!socket.isClosed()) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                answer(packet);
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(DatagramPacket packet) throws IOException {
        ByteBuffer query = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        query.position(HEADER_BYTES);
        String name = name(query);
        int type = query.getShort();
        int end = query.position() + Short.BYTES;
        synchronized (questions) {
            questions.add(name);
        }
        if (!silent) {
            List<InetAddress> addresses = names.get(name);
            List<InetAddress> given = addresses == null || type != TYPE_A ? List.of() : addresses;
            byte[] reply = reply(packet.getData(), end, addresses == null ? NXDOMAIN : 0, given);
            socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
    }

    private static String name(ByteBuffer query) {
        List<String> labels = new ArrayList<>();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            labels.add(new String(label, StandardCharsets.US_ASCII));
        }
        return String.join(".", labels);
    }

    /** The question again, and its answers (RFC 1035, 4.1). */
    private static byte[] reply(byte[] query, int end, int code, List<InetAddress> addresses) {
        ByteBuffer reply = ByteBuffer.allocate(512).put(query, 0, end);
        reply.putShort(2, (short) (0x8180 | code)); // an answer, recursion was asked for and done
        reply.putShort(6, (short) addresses.size());
        reply.putShort(8, (short) 0);
        reply.putShort(10, (short) 0);
        for (InetAddress address : addresses) {
            reply.putShort((short) 0xC00C); // the name is the question's
            reply.putShort((short) TYPE_A).putShort((short) 1).putInt(300);
            reply.putShort((short) 4).put(address.getAddress());
        }
        byte[] bytes = new byte[reply.position()];
        reply.get(0, bytes);
        return bytes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
