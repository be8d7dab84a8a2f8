package dev.redoubt.agent.redirect;

import dev.redoubt.agent.observe.ClientKind;
import dev.redoubt.agent.observe.Endpoint;
import dev.redoubt.agent.observe.Observer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Answers with which configuration Redisson makes the client of one server: a copy that names the proxy. Thread-safe. */
public final class RedissonConfigs {
    private static final int FRAMES = 60;

    private final Router router;
    private final Observer observer;

    /** Configurations as the router says. */
    public RedissonConfigs(Router router, Observer observer) {
        this.router = router;
        this.observer = observer;
    }

    /** The configuration to use instead. */
    public @Nullable Object configFor(@Nullable Object config) throws ReflectiveOperationException {
        Object uri = config == null ? null : Mirror.valueOrNull(config, "address");
        if (config == null || uri == null) {
            return config;
        }
        Endpoint asked = new Endpoint(
                Mirror.text(uri, "getHost"),
                Mirror.number(uri, "getPort"),
                "rediss".equals(Mirror.call(uri, "getScheme")) || "valkeys".equals(Mirror.call(uri, "getScheme")));
        String other = whatElseIsAsked();
        if (other != null) {
            router.leaveAlone(asked, other);
        }
        if (!router.redirects(asked) || router.goesPast()) {
            observer.connected(ClientKind.REDISSON, null, asked, asked);
            return config;
        }
        Object copy = redirected(config, router.proxyFor(asked));
        observer.connected(ClientKind.REDISSON, null, asked, router.proxyFor(asked));
        return copy;
    }

    /** Redisson itself follows what Sentinels, nodes and DNS say of the server's address, and would undo the redirection. */
    static @Nullable String whatElseIsAsked() {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, stack.length); i++) {
            String name = stack[i].getClassName();
            if (name.contains("org.redisson.")
                    && (name.contains(".Sentinel") || name.contains(".Cluster") || name.contains(".Replicated"))) {
                return "Redisson follows the topology itself (" + name.substring(name.lastIndexOf('.') + 1) + ")";
            }
        }
        return null;
    }

    private Object redirected(Object config, Endpoint proxy) throws ReflectiveOperationException {
        Object copy = Mirror.copy(config);
        copy.getClass()
                .getMethod("setAddress", String.class)
                .invoke(
                        copy,
                        (proxy.isTls() ? "rediss://" : "redis://") + bracketed(proxy.host()) + ":" + proxy.port());
        if (Mirror.valueOrNull(config, "addr") != null) {
            // A name that is not known now fails to connect, as a proxy that is not there.
            Mirror.set(copy, "addr", new InetSocketAddress(proxy.host(), proxy.port()));
        }
        if (router.stripsCredentials()) {
            Mirror.setIfThere(copy, "username", null);
            Mirror.setIfThere(copy, "password", null);
        }
        name(copy);
        return copy;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private void name(Object copy) throws IllegalAccessException {
        if (router.namesConnections() && Mirror.valueOrNull(copy, "clientName") == null) {
            String name = observer.nameFor(ClientKind.REDISSON, null);
            if (name != null) {
                Mirror.setIfThere(copy, "clientName", name);
            }
        }
    }
}
