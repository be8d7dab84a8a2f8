package dev.redoubt.agent.redirect;

import dev.redoubt.agent.log.Log;
import dev.redoubt.agent.observe.Endpoint;
import dev.redoubt.agent.option.Mode;
import dev.redoubt.agent.option.Options;
import dev.redoubt.agent.option.Setting;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** Decides where a connection goes. Thread-safe. */
public final class Router {
    private final Options options;
    private final Log log;
    private final Endpoint proxy;
    private final boolean isProxyLocal;
    private final EndpointPatterns patterns;
    private final ProxyProbe probe;
    private final Set<String> leftAlone = Collections.synchronizedSet(new HashSet<String>());

    /** A router by these options. */
    public Router(Options options, Log log) {
        this.options = options;
        this.log = log;
        proxy = new Endpoint(options.host(Setting.PROXY), options.port(Setting.PROXY), false);
        isProxyLocal = isLoopback(proxy.host());
        patterns = new EndpointPatterns(options.text(Setting.ENDPOINTS));
        probe = new ProxyProbe(proxy);
    }

    /** By its name or address as it is written: nothing is looked up. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /** Says what becomes of the clients. */
    public void announce() {
        if (options.mode() == Mode.REDIRECT) {
            log.say("a Redis client is loaded: its connections go to " + proxy);
        } else {
            log.say("a Redis client is loaded: it is observed, and nothing is changed");
        }
    }

    /** Whether a connection to that endpoint goes to the proxy. */
    boolean redirects(Endpoint asked) {
        return options.mode() == Mode.REDIRECT
                && !asked.isAt(proxy)
                && patterns.match(asked)
                && !leftAlone.contains(nameOf(asked));
    }

    /** Where a connection that goes to the proxy ends. TLS is not spoken towards loopback, and is kept elsewhere. */
    Endpoint proxyFor(Endpoint asked) {
        return new Endpoint(proxy.host(), proxy.port(), asked.isTls() && !isProxyLocal);
    }

    /** Whether an application's own TLS ends before the proxy. */
    boolean stripsTls() {
        return isProxyLocal;
    }

    /** Whether the original endpoint is to be used now, as the proxy cannot be reached and that is allowed. */
    boolean goesPast() {
        if (!options.text(Setting.ON_PROXY_DOWN).equals("direct") || probe.isUp()) {
            return false;
        }
        log.warnOnce("the proxy at " + proxy
                + " cannot be reached: connections go to their original endpoints while it is so");
        return true;
    }

    /** A client could not connect to the proxy: what comes next need not find that out once more. */
    void cannotConnect() {
        probe.isDown();
    }

    /** Whether user and password are kept from the proxy. */
    boolean stripsCredentials() {
        return options.text(Setting.CREDENTIALS).equals("strip");
    }

    /** Says, once, what cannot be done for Jedis: it logs in by commands, and those cannot be read where TLS is kept. */
    void announceJedis(Endpoint asked) {
        if (stripsCredentials() && proxyFor(asked).isTls()) {
            log.warnOnce("credentials=strip cannot be done for Jedis where TLS is kept: they are sent to the proxy");
        }
    }

    boolean namesConnections() {
        return options.flag(Setting.NAME_CONNECTIONS);
    }

    /** From now on connections to that endpoint are left alone. */
    void leaveAlone(Endpoint endpoint, String why) {
        if (leftAlone.add(nameOf(endpoint)) && options.mode() == Mode.REDIRECT) {
            log.warnOnce("left alone: connections to " + endpoint + ", " + why);
        }
    }

    private static String nameOf(Endpoint endpoint) {
        return endpoint.host() + ":" + endpoint.port();
    }
}
