package dev.redoubt.proxy.tls;

import dev.redoubt.proxy.config.TlsListenSettings;
import dev.redoubt.proxy.log.Repeats;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS for clients. Confined to the lane but for its constructor. */
public final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final long HANDSHAKE_MILLIS = 10_000;

    private final TlsWorkers workers;
    private final LiveContext live;
    private final Repeats complaints;
    private int handshakes;

    /**
     * Reads the files, and reads them again when they change.
     *
     * @param lane where connections are accepted
     * @throws TlsProblem if they cannot be used
     */
    public ServerTls(TlsListenSettings settings, TlsWorkers workers, ScheduledExecutorService lane) throws TlsProblem {
        this.workers = workers;
        this.complaints = new Repeats((task, nanos) -> lane.schedule(task, nanos, TimeUnit.NANOSECONDS));
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

    /** A health check that knows no TLS must not fill the log. */
    private void complain(Channel channel, TlsTrouble trouble) {
        Object client = addressOf(channel);
        complaints.happened(
                trouble.what(),
                times -> LOG.atWarn()
                        .addKeyValue("client", client)
                        .addKeyValue("cause", trouble.text())
                        .addKeyValue("times", times)
                        .log("A client's TLS connection was refused"));
    }

    private static @Nullable Object addressOf(Channel channel) {
        return channel.remoteAddress();
    }

    /** No connection begins any more. */
    public void close() {
        live.close();
    }
}
