package dev.redoubt.agent.redirect;

import dev.redoubt.agent.observe.ClientKind;
import dev.redoubt.agent.observe.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A socket in the place of the one that Jedis makes: it connects to the proxy if the connection goes there, and tells of being connected and closed. All else is
 * a socket's. Part 2 of the agent puts one that shares physical connections into this place.
 */
final class RoutedSocket extends Socket {
    private final Object owner;
    private final JedisSockets sockets;
    private @Nullable Endpoint asked;
    private boolean isTold;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;

    RoutedSocket(Object owner, JedisSockets sockets) {
        this.owner = owner;
        this.sockets = sockets;
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        connect(address, 0);
    }

    /** As with any socket: what goes wrong is the client's to know, also where it is the proxy that cannot be reached. */
    @Override
    public void connect(SocketAddress address, int timeoutMillis) throws IOException {
        Attempt attempt = sockets.attempt();
        if (attempt == null || attempt.asked == null || !attempt.isRedirected) {
            super.connect(address, timeoutMillis);
            tellConnected(address, attempt);
            return;
        }
        Endpoint proxy = sockets.router().proxyFor(attempt.asked);
        try {
            super.connect(addressOf(proxy, address), timeoutMillis);
        } catch (ConnectException | NoRouteToHostException | SocketTimeoutException e) {
            sockets.router().cannotConnect();
            throw e;
        }
        told(attempt.asked, proxy);
        if (!proxy.isTls()) { // where TLS comes first, nothing can be said or left out
            name();
            stripCredentials();
        }
    }

    /** Jedis has looked up the proxy's host by now. From 4.4 on it tries all its addresses, each with a socket of its own; and with the port that the application named. */
    static InetSocketAddress addressOf(Endpoint proxy, SocketAddress tried) {
        InetAddress found = tried instanceof InetSocketAddress ? ((InetSocketAddress) tried).getAddress() : null;
        return found == null
                ? new InetSocketAddress(proxy.host(), proxy.port())
                : new InetSocketAddress(found, proxy.port());
    }

    /** Before the client says anything. */
    private void name() throws IOException {
        String name = nameOrNull();
        if (name != null) {
            input = NamedInput.afterNaming(name, super.getOutputStream(), super.getInputStream());
        }
    }

    private void stripCredentials() throws IOException {
        if (sockets.router().stripsCredentials()) {
            LoginFilter filter = new LoginFilter();
            input = filter.before(getInputStream());
            output = filter.before(super.getOutputStream());
        }
    }

    private @Nullable String nameOrNull() {
        try {
            return sockets.router().namesConnections()
                    ? sockets.observer().nameFor(ClientKind.JEDIS_SOCKETS, owner)
                    : null;
        } catch (Throwable e) {
            return null; // whoever observes does not get in the way of a connection
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream filtered = input;
        return filtered == null ? super.getInputStream() : filtered;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream filtered = output;
        return filtered == null ? super.getOutputStream() : filtered;
    }

    private void tellConnected(SocketAddress address, @Nullable Attempt attempt) {
        if (attempt != null && attempt.asked != null) {
            told(attempt.asked, attempt.asked);
        } else if (address instanceof InetSocketAddress) {
            InetSocketAddress where = (InetSocketAddress) address;
            Endpoint endpoint = new Endpoint(where.getHostString(), where.getPort(), false);
            told(endpoint, endpoint);
        }
    }

    private void told(Endpoint where, Endpoint reached) {
        try {
            asked = where;
            isTold = true;
            sockets.observer().connected(ClientKind.JEDIS_SOCKETS, owner, where, reached);
        } catch (Throwable e) {
            // Whoever observes does not get in the way of a connection.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        super.close();
        Endpoint where = asked;
        if (isTold && where != null) {
            isTold = false;
            tellDisconnected(where);
        }
    }

    private void tellDisconnected(Endpoint where) {
        try {
            sockets.observer().disconnected(ClientKind.JEDIS_SOCKETS, owner, where);
        } catch (Throwable e) {
            // As above.
        }
    }
}
