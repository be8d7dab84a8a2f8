package dev.redoubt.agent.redirect;

import dev.redoubt.agent.observe.Endpoint;
import dev.redoubt.agent.observe.Observer;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Jedis asks while it connects. Up to 4.3 it makes the socket first and looks the host up then; from 4.4 on it is the other way round. TLS is
 * decided last. Thread-safe: what is asked about one connection is asked by one thread.
 */
public final class JedisSockets {
    private final Router router;
    private final Observer observer;
    private final ThreadLocal<Attempt> attempts = new ThreadLocal<Attempt>();

    /** Sockets that go where the router says. */
    public JedisSockets(Router router, Observer observer) {
        this.router = router;
        this.observer = observer;
    }

    /** The socket instead of the one that Jedis just made. */
    public Socket socketFor(Object owner) {
        return new RoutedSocket(owner, this);
    }

    /**
     * The host to look up instead: the proxy's, if the connection goes there.
     *
     * @param portOrHolder an Integer, or Jedis's HostAndPort
     */
    public @Nullable String hostFor(Object owner, @Nullable String host, Object portOrHolder)
            throws ReflectiveOperationException {
        attempts.remove(); // should this fail, the one before is not what is asked now
        if (host == null) {
            return null; // what that means is the JDK's to say
        }
        int port = portOrHolder instanceof Integer ? (Integer) portOrHolder : Mirror.number(portOrHolder, "getPort");
        Attempt attempt = new Attempt();
        attempt.asked = new Endpoint(host, port, isTls(owner));
        attempt.isRedirected = isRedirected(attempt.asked);
        attempts.set(attempt);
        return attempt.isRedirected ? router.proxyFor(attempt.asked).host() : host;
    }

    private static boolean isTls(Object owner) {
        return Boolean.TRUE.equals(Mirror.valueOrNull(owner, "ssl")) || Mirror.valueOrNull(owner, "sslOptions") != null;
    }

    private boolean isRedirected(Endpoint asked) {
        String other = JedisCallers.whatElseIsAsked();
        if (other != null) {
            router.leaveAlone(asked, other);
        }
        boolean isRedirected = router.redirects(asked) && !router.goesPast();
        if (isRedirected) {
            router.announceJedis(asked);
        }
        return isRedirected;
    }

    /** TLS as Jedis would have it, or none: a flag becomes false, options become null. */
    public @Nullable Object tlsFor(@Nullable Object value) {
        Attempt attempt = attempts.get();
        if (attempt == null || !attempt.isRedirected || !router.stripsTls()) {
            return value;
        }
        return value instanceof Boolean ? Boolean.FALSE : null;
    }

    /** What this thread is about to connect to; null if that was not asked about. */
    @Nullable
    Attempt attempt() {
        return attempts.get();
    }

    Router router() {
        return router;
    }

    Observer observer() {
        return observer;
    }
}
