package dev.redoubt.it.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The same port at another loopback address: what connects there reaches a server here. Thread-safe. */
final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** @param port the relay's own at that address, and the server's at 127.0.0.1 */
    Relay(String address, int port) throws IOException {
        listener = new ServerSocket(port, 50, InetAddress.getByName(address));
        target = port;
        run(this::accept);
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket("127.0.0.1", target);
            open.add(client);
            open.add(server);
            run(() -> copy(client, server));
            run(() -> copy(server, client));
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Closed: that is how each of them ends.
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        end();
    }

    /** Ends the listener and all connections. */
    void end() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
