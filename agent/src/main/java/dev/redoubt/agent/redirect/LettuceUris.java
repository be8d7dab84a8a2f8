package dev.redoubt.agent.redirect;

import dev.redoubt.agent.observe.ClientKind;
import dev.redoubt.agent.observe.Endpoint;
import dev.redoubt.agent.observe.Observer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers to which RedisURI Lettuce connects: a copy that names the proxy. The application's own is never changed. A connection that breaks is made again to
 * the same copy. Thread-safe.
 */
public final class LettuceUris {
    private static final int DEFAULT_PORT = 6379;

    private final Router router;
    private final Observer observer;

    /** URIs as the router says. */
    public LettuceUris(Router router, Observer observer) {
        this.router = router;
        this.observer = observer;
    }

    /** The URI to connect to instead; one that names a Unix socket stays, and so does one that names the proxy already. */
    public @Nullable Object uriFor(Object client, @Nullable Object uri) throws ReflectiveOperationException {
        if (uri == null || Mirror.valueOrNull(uri, "socket") != null) {
            return uri;
        }
        Endpoint asked = endpointOf(uri);
        if (!router.redirects(asked) || router.goesPast()) {
            observer.connected(ClientKind.LETTUCE_CLIENT, client, asked, asked);
            return uri;
        }
        Object copy = redirected(uri, router.proxyFor(asked));
        name(copy, client);
        observer.connected(ClientKind.LETTUCE_CLIENT, client, asked, router.proxyFor(asked));
        return copy;
    }

    /** A URI of Sentinels counts as the name of what they watch, at Redis's own port. */
    private static Endpoint endpointOf(Object uri) throws ReflectiveOperationException {
        boolean isTls = Boolean.TRUE.equals(Mirror.valueOrNull(uri, "ssl"));
        Object sentinels = Mirror.valueOrNull(uri, "sentinels");
        if (sentinels instanceof List && !((List<?>) sentinels).isEmpty()) {
            return new Endpoint(String.valueOf(Mirror.valueOrNull(uri, "sentinelMasterId")), DEFAULT_PORT, isTls);
        }
        return new Endpoint(Mirror.text(uri, "getHost"), Mirror.number(uri, "getPort"), isTls);
    }

    /** The list of Sentinels is final, and so not copied. */
    private Object redirected(Object uri, Endpoint proxy) throws ReflectiveOperationException {
        Object copy = Mirror.copy(uri);
        Mirror.set(copy, "host", proxy.host());
        Mirror.set(copy, "port", proxy.port());
        Mirror.setIfThere(copy, "sentinelMasterId", null);
        if (!proxy.isTls()) {
            Mirror.set(copy, "ssl", false);
            Mirror.setIfThere(copy, "startTls", false);
        }
        if (router.stripsCredentials()) {
            stripCredentials(copy);
        }
        return copy;
    }

    /** What a URI has that was never given any. */
    private static void stripCredentials(Object copy) throws ReflectiveOperationException {
        Object blank = Mirror.copy(copy.getClass().getDeclaredConstructor().newInstance());
        for (String field : new String[] {"username", "password", "credentialsProvider"}) {
            Mirror.setIfThere(copy, field, Mirror.valueOrNull(blank, field));
        }
    }

    private void name(Object copy, Object client) throws IllegalAccessException {
        if (router.namesConnections() && Mirror.valueOrNull(copy, "clientName") == null) {
            String name = observer.nameFor(ClientKind.LETTUCE_CLIENT, client);
            if (name != null) {
                Mirror.setIfThere(copy, "clientName", name);
            }
        }
    }
}
