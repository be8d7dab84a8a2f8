package dev.redoubt.proxy.tls;

import dev.redoubt.proxy.config.TlsListenSettings;
import dev.redoubt.proxy.time.Throttle;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS for clients. Confined to the lane but for its constructor. */
public final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final long HANDSHAKE_MILLIS = 10_000;
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int KINDS = 100;

    private final TlsWorkers workers;
    private final LiveContext live;
    private final Map<String, Throttle> complaints = new HashMap<>();
    private int handshakes;

    /**
     * Reads the files, and reads them again when they change.
     *
     * @param lane where connections are accepted
     * @throws TlsProblem if they cannot be used
     */
    public ServerTls(TlsListenSettings settings, TlsWorkers workers, Executor lane) throws TlsProblem {
        this.workers = workers;
        SslProvider provider = TlsMaterial.provider();
        this.live = new TlsSource(
                        "clients",
                        settings.files(),
                        settings.reloadInterval(),
                        material -> material.server(provider),
                        workers,
                        lane)
                .live();
    }

    /** Shakes hands on a channel that was accepted and has no handler yet; runs the task when it is secured, then a handler may be added. Else the channel is closed. */
    public void secure(Channel channel, Runnable whenSecured) {
        handshakes++;
        TlsGate.secure(
                channel,
                live.get().newHandler(channel.alloc(), workers.tasks()),
                HANDSHAKE_MILLIS,
                TlsTrouble::withClient,
                trouble -> {
                    handshakes--;
                    if (trouble == null) {
                        whenSecured.run();
                    } else {
                        complain(channel, trouble);
                    }
                });
    }

    /** How many clients have not shaken hands yet. */
    public int handshakes() {
        return handshakes;
    }

    /** The first of a kind at once, then at most one line a minute that counts the others: a health check that knows no TLS must not fill the log. */
    private void complain(Channel channel, TlsTrouble trouble) {
        if (complaints.size() >= KINDS) {
            complaints.clear();
        }
        long times = complaints
                .computeIfAbsent(trouble.what(), what -> new Throttle(QUIET))
                .pass(System.nanoTime());
        if (times > 0) {
            LOG.atWarn()
                    .addKeyValue("client", addressOf(channel))
                    .addKeyValue("cause", trouble.text())
                    .addKeyValue("times", times)
                    .log("A client's TLS connection was refused");
        }
    }

    private static @Nullable Object addressOf(Channel channel) {
        return channel.remoteAddress();
    }

    /** No connection begins any more. */
    public void close() {
        live.close();
    }
}
