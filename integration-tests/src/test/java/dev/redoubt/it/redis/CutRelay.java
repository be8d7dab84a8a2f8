package dev.redoubt.it.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a proxy and Redis, and can cut connections on the proxy's side only: Redis goes on believing in them, as it does when a firewall forgets them. Thread-safe. */
public final class CutRelay implements AutoCloseable {
    private final RedisServer redis;
    private final ServerSocket listener;
    private final List<Socket> towardsProxy = new CopyOnWriteArrayList<>();
    private final List<Socket> towardsRedis = new CopyOnWriteArrayList<>();

    private CutRelay(RedisServer redis, ServerSocket listener) {
        this.redis = redis;
        this.listener = listener;
    }

    public static CutRelay before(RedisServer redis) {
        try {
            CutRelay relay = new CutRelay(redis, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the proxy is to be given for its upstream. */
    public String uri() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** Resets all connections of the proxy; those to Redis stay, silent. New ones are served. */
    public void cut() {
        for (Socket socket : List.copyOf(towardsProxy)) {
            towardsProxy.remove(socket);
            try {
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket server = connected(client);
            if (server == null) {
                continue;
            }
            towardsProxy.add(client);
            towardsRedis.add(server);
            start(() -> {
                client.getInputStream().transferTo(server.getOutputStream());
                server.close(); // the proxy has closed it; a cut one ends with an exception instead
            });
            start(() -> {
                try (client) { // closed when Redis has closed its side
                    server.getInputStream().transferTo(client.getOutputStream());
                }
            });
        }
    }

    /** Null if Redis is not there: the client's connection ends then. */
    private Socket connected(Socket client) throws IOException {
        try {
            return new Socket(redis.host(), redis.port());
        } catch (ConnectException refused) {
            client.close();
            return null;
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ended) {
                        // a socket was closed: that is how it ends
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : List.copyOf(towardsProxy)) {
                socket.close();
            }
            for (Socket socket : towardsRedis) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
