package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.status.Gauges;
import dev.redoubt.proxy.status.ProxyState;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.status.StatusSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A proxy that ends as soon as it is waited for. */
final class FakeProxy implements RunningProxy {
    static final ProxyStatus HOLDING = new ProxyStatus(
            ProxyState.HOLDING,
            0,
            "localhost:6379",
            false,
            "Connection refused",
            OptionalLong.empty(),
            null,
            null,
            new Counters(),
            new Gauges(),
            List.of(),
            List.of());

    @Override
    public List<InetSocketAddress> listening() {
        return List.of(new InetSocketAddress("127.0.0.1", 6380), new InetSocketAddress("::1", 6380));
    }

    @Override
    public StatusSource status() {
        return () -> CompletableFuture.completedFuture(HOLDING);
    }

    @Override
    public void stop(Duration grace) {}

    @Override
    public void awaitStopped() {}
}
