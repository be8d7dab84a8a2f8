package dev.redoubt.agent.redirect;

import dev.redoubt.agent.observe.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Tells whether the proxy can be reached, by a connection that is closed at once; what it found stays true for a second. Thread-safe. */
final class ProxyProbe {
    private static final int TIMEOUT_MILLIS = 1000;
    private static final long TRUST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Endpoint proxy;
    private boolean isKnown;
    private boolean wasUp;
    private long probedAtNanos;

    ProxyProbe(Endpoint proxy) {
        this.proxy = proxy;
    }

    synchronized boolean isUp() {
        if (!isKnown || System.nanoTime() - probedAtNanos > TRUST_NANOS) {
            wasUp = probe();
            isKnown = true;
            probedAtNanos = System.nanoTime();
        }
        return wasUp;
    }

    private boolean probe() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
