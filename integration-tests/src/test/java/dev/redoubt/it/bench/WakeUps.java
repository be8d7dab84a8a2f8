package dev.redoubt.it.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that wait with BLPOP, each at a list of its own, and one that pushes to them in turn. By the time that its turn comes a
 * client has waited for as long as all the others took. One thread.
 */
final class WakeUps {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final int port;
    private final int clients;

    WakeUps(int port, int clients) {
        this.port = port;
        this.clients = clients;
    }

    /** Nanoseconds from sending the push to the end of the waiting client's reply. */
    void measure(long[] nanos) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (Socket pusher = connect()) {
            for (int i = 0; i < clients; i++) {
                waiting.add(connect());
                send(waiting.get(i), SessionLoad.command("BLPOP", list(i), "0"));
            }
            for (int i = 0; i < nanos.length; i++) {
                nanos[i] = wake(waiting.get(i % clients), pusher, list(i % clients));
            }
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static long wake(Socket waiting, Socket pusher, String list) throws IOException {
        String element = "*2\r\n$" + list.length() + "\r\n" + list + "\r\n$1\r\nx\r\n";
        long sentAt = System.nanoTime();
        send(pusher, SessionLoad.command("RPUSH", list, "x"));
        expect(waiting, element);
        long nanos = System.nanoTime() - sentAt;
        expect(pusher, ":1\r\n");
        send(waiting, SessionLoad.command("BLPOP", list, "0"));
        return nanos;
    }

    private static String list(int client) {
        return "waiting:" + client;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void expect(Socket socket, String reply) throws IOException {
        byte[] given = socket.getInputStream().readNBytes(reply.length());
        String text = new String(given, StandardCharsets.US_ASCII);
        if (!text.equals(reply)) {
            throw new IOException("not the expected reply: " + text);
        }
    }
}
