package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.admin.AdminPages;
import dev.redoubt.proxy.admin.AdminServer;
import dev.redoubt.proxy.config.HostPort;
import dev.redoubt.proxy.config.MainSetting;
import dev.redoubt.proxy.config.Settings;
import dev.redoubt.proxy.log.LevelSwitch;
import dev.redoubt.proxy.log.LogSetup;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** {@code run}: starts the proxy, then health and metrics, says so, and stays until it is told to end. */
final class RunCommand {
    /** How long the lane may take for a snapshot; a healthy one needs a turn of its loop. */
    private static final Duration SNAPSHOT_PATIENCE = Duration.ofSeconds(1);

    private final ProxyStarter starter;
    private final Terminal terminal;
    private final String version;

    RunCommand(ProxyStarter starter, Terminal terminal, String version) {
        this.starter = starter;
        this.terminal = terminal;
        this.version = version;
    }

    int run(Settings settings) {
        LogSetup.of(settings, System.getenv()); // no logger exists before this line
        try {
            RunningProxy proxy = starter.start(settings);
            return serve(settings, proxy);
        } catch (StartException e) {
            terminal.err().println("redoubt: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int serve(Settings settings, RunningProxy proxy) throws StartException {
        // First of all: whoever sees that it runs may end it, and the file of a Unix socket is not to stay behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> proxy.stop(settings.shutdownGrace()), "redoubt-stop"));
        try (AdminServer admin = startAdmin(settings, proxy)) {
            InetSocketAddress adminAddress = admin == null ? null : admin.address();
            terminal.out().print(Banner.of(version, settings, proxy.listening(), adminAddress, status(proxy)));
            terminal.out().flush();
            proxy.awaitStopped();
        } catch (InterruptedException e) {
            proxy.stop(settings.shutdownGrace());
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    /** After the data listeners, as nobody waits for it. */
    private @Nullable AdminServer startAdmin(Settings settings, RunningProxy proxy) throws StartException {
        HostPort address = settings.admin();
        if (address == null) {
            return null;
        }
        InetSocketAddress socketAddress = address.resolve();
        AdminPages pages = new AdminPages(
                proxy.status(),
                settings.fallback().enabled(),
                version,
                SNAPSHOT_PATIENCE,
                Clock.SYSTEM,
                new LevelSwitch());
        try {
            return AdminServer.start(socketAddress, pages);
        } catch (IOException e) {
            proxy.stop(Duration.ZERO);
            throw StartException.cannotListen(socketAddress, MainSetting.ADMIN, e);
        }
    }

    private static Optional<ProxyStatus> status(RunningProxy proxy) throws InterruptedException {
        try {
            return Optional.of(proxy.status().snapshot().get(SNAPSHOT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }
}
