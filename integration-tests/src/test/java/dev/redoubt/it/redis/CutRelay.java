package dev.redoubt.it.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a proxy and Redis, and can cut connections on the proxy's side only: Redis goes on believing in them, as it does when a firewall forgets them. What was on its way can be held back, and arrive long
 * after the connection looked dead. Thread-safe.
 */
public final class CutRelay implements AutoCloseable {
    private static final int BACKLOG = 8;
    private static final int FULL_AFTER_MILLIS = 200;
    /** More than the proxy says by itself on a connection. */
    private static final int MUCH_BYTES = 16 * 1024;

    private final RedisServer redis;
    private final ServerSocket listener;
    private final boolean fencing;
    /** The proxy's connections, with what goes to Redis for each. */
    private final Map<Socket, DelayedBytes> lines = new ConcurrentHashMap<>();

    private final List<DelayedBytes> towardsRedis = new CopyOnWriteArrayList<>();
    private final List<DelayedBytes> replies = new CopyOnWriteArrayList<>();

    private final List<Socket> fillers = new CopyOnWriteArrayList<>();
    private volatile boolean swallowing;
    private volatile boolean turningAway;
    private volatile boolean holdingReplies;

    private CutRelay(RedisServer redis, ServerSocket listener, boolean fencing) {
        this.redis = redis;
        this.listener = listener;
        this.fencing = fencing;
    }

    public static CutRelay before(RedisServer redis) {
        return before(redis, true);
    }

    /** One over which no fence works: for CLIENT KILL Redis is told something harmless that has a number for an answer too. The proxy believes that its old connections are dead. */
    public static CutRelay withoutFence(RedisServer redis) {
        return before(redis, false);
    }

    private static CutRelay before(RedisServer redis, boolean fencing) {
        try {
            CutRelay relay =
                    new CutRelay(redis, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), fencing);
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

    /** From now on what the proxy says on the connections that there are does not arrive. */
    public void holdBack() {
        towardsRedis.forEach(DelayedBytes::holdBack);
    }

    /** How many bytes are held back. */
    public int heldBytes() {
        return towardsRedis.stream().mapToInt(DelayedBytes::heldBytes).sum();
    }

    /** What was held back arrives now, on the connections that it was said on, if Redis still has them. */
    public void letGo() {
        towardsRedis.forEach(DelayedBytes::letGo);
    }

    /** From now on replies stay here on connections over which much has gone to Redis: those to handshakes and PING pass. */
    public void holdReplies() {
        holdingReplies = true;
    }

    /** The replies that were held back arrive now; those that come later stay here again. */
    public void passHeldReplies() {
        replies.forEach(DelayedBytes::letGo);
    }

    /** All replies arrive from now on. */
    public void passReplies() {
        holdingReplies = false;
        passHeldReplies();
    }

    /** From now on new connections are closed at once. */
    public void turnAway() {
        turningAway = true;
    }

    /** New connections are served again. */
    public void letIn() {
        turningAway = false;
    }

    /** Resets all connections of the proxy; those to Redis stay, silent. New ones are served. */
    public void cut() {
        lines.keySet().forEach(this::reset);
    }

    /** Resets those of the proxy's connections over which much has gone to Redis; those to Redis stay, silent. */
    public void cutMuchUsed() {
        lines.forEach((socket, said) -> {
            if (said.written() > MUCH_BYTES) {
                reset(socket);
            }
        });
    }

    private void reset(Socket socket) {
        lines.remove(socket);
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on nothing arrives any more and nobody answers, not even to a new connection: as far as can be told from the proxy's side, a way that swallows everything. */
    public void swallow() {
        holdBack();
        swallowing = true;
        while (answers()) {
            // as many connections as the kernel accepts for a process that does not; it drops what comes then
        }
    }

    private boolean answers() {
        Socket filling = new Socket();
        fillers.add(filling);
        try {
            filling.connect(listener.getLocalSocketAddress(), FULL_AFTER_MILLIS);
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            if (swallowing) {
                fillers.add(client);
                return;
            }
            Socket server = connected(client);
            if (server == null) {
                continue;
            }
            DelayedBytes toServer = new DelayedBytes(server);
            DelayedBytes toProxy = new DelayedBytes(client);
            replies.add(toProxy);
            lines.put(client, toServer);
            towardsRedis.add(toServer);
            start(() -> {
                if (fencing) {
                    client.getInputStream().transferTo(toServer);
                } else {
                    passCommands(new RespReader(client.getInputStream()), toServer);
                }
                server.close(); // the proxy has closed it; a cut one ends with an exception instead
            });
            start(() -> {
                try (client) { // closed when Redis has closed its side
                    passReplies(server.getInputStream(), toServer, toProxy);
                }
            });
        }
    }

    private void passReplies(InputStream from, DelayedBytes said, DelayedBytes to) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
            if (holdingReplies && said.written() > MUCH_BYTES) {
                to.holdBack();
            }
            to.write(buffer, 0, length);
        }
    }

    private static void passCommands(RespReader commands, DelayedBytes to) throws IOException {
        while (true) {
            boolean kill = commands.read() instanceof List<?> words
                    && words.size() > 1
                    && words.get(0).equals("CLIENT")
                    && words.get(1).equals("KILL");
            to.write(kill ? RawClient.encode("EXISTS", "nothing-of-this-name") : commands.lastFrame());
        }
    }

    /** Null if Redis is not there, or is not to be reached: the client's connection ends then. */
    private Socket connected(Socket client) throws IOException {
        try {
            if (!turningAway) {
                return new Socket(redis.host(), redis.port());
            }
        } catch (ConnectException refused) {
            // as if it had been turned away
        }
        client.close();
        return null;
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
            for (Socket socket : lines.keySet()) {
                socket.close();
            }
            for (Socket socket : fillers) {
                socket.close();
            }
            for (DelayedBytes toServer : towardsRedis) {
                toServer.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
