package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.status.StatusSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The data plane while it runs. Thread-safe. */
public interface RunningProxy {
    /** Where it listens by TCP, with the ports that were chosen where 0 was asked for. */
    List<InetSocketAddress> listening();

    /** Its status, for health, metrics and the banner. */
    StatusSource status();

    /** Accepts nothing new, finishes what is in flight within the grace, closes. Returns when it is closed; may be called again. */
    void stop(Duration grace);

    /** Returns when it is closed, whoever closed it. */
    void awaitStopped() throws InterruptedException;
}
