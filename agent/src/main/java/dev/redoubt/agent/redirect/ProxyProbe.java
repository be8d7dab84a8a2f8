package dev.redoubt.agent.redirect;

import dev.redoubt.agent.observe.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the proxy can be reached, by a connection that is closed at once. What it found stays true for a second. After that one thread looks again, and the others go by what was
 * found last; only the first look of all is waited for. Thread-safe.
 */
final class ProxyProbe {
    static final long TRUST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int TIMEOUT_MILLIS = 1000;

    /** Looks, and tells the time: tests have their own. */
    interface World {
        boolean canConnect();

        long nanos();
    }

    private final World world;
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private volatile @Nullable Found found;

    ProxyProbe(Endpoint proxy) {
        this(new Network(proxy));
    }

    ProxyProbe(World world) {
        this.world = world;
    }

    boolean isUp() {
        Found last = found;
        if (last == null) {
            return firstLook();
        }
        if (world.nanos() - last.atNanos > TRUST_NANOS && isLooking.compareAndSet(false, true)) {
            try {
                return look();
            } finally {
                isLooking.set(false);
            }
        }
        return last.isUp;
    }

    /** A client could not connect to it. */
    void isDown() {
        found = new Found(false, world.nanos());
    }

    /** Nothing is known yet, so nobody can go on. */
    private synchronized boolean firstLook() {
        Found last = found;
        return last == null ? look() : last.isUp;
    }

    private boolean look() {
        boolean isUp = world.canConnect();
        found = new Found(isUp, world.nanos());
        return isUp;
    }

    private static final class Found {
        private final boolean isUp;
        private final long atNanos;

        Found(boolean isUp, long atNanos) {
            this.isUp = isUp;
            this.atNanos = atNanos;
        }
    }

    private static final class Network implements World {
        private final Endpoint proxy;

        Network(Endpoint proxy) {
            this.proxy = proxy;
        }

        @Override
        public boolean canConnect() {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), TIMEOUT_MILLIS);
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }
}
