package dev.redoubt.proxy;

import dev.redoubt.proxy.config.Settings;
import dev.redoubt.proxy.config.UpstreamTlsSettings;
import dev.redoubt.proxy.tls.ClientTls;
import dev.redoubt.proxy.tls.ServerTls;
import dev.redoubt.proxy.tls.TlsProblem;
import dev.redoubt.proxy.tls.TlsWorkers;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * TLS of both sides, where it is configured; nothing of it is loaded where it isn't. Confined to the lane but for {@link #of} and {@link #release}.
 *
 * @param upstream null for a connection in the clear
 * @param clients null without a TLS listener
 */
record TlsParts(
        @Nullable TlsWorkers workers,
        @Nullable ClientTls upstream,
        @Nullable ServerTls clients) {
    private static final TlsParts NONE = new TlsParts(null, null, null);

    static TlsParts of(Settings settings, ScheduledExecutorService lane) throws TlsProblem {
        UpstreamTlsSettings upstream =
                settings.upstream().disabled() ? null : settings.upstream().tls();
        boolean listens = !settings.tls().listen().isEmpty();
        if (upstream == null && !listens) {
            return NONE;
        }
        TlsWorkers workers = new TlsWorkers();
        try {
            return new TlsParts(
                    workers,
                    upstream == null ? null : new ClientTls(upstream, workers, lane),
                    listens ? new ServerTls(settings.tls(), workers, lane) : null);
        } catch (TlsProblem e) {
            workers.close();
            throw e;
        }
    }

    /** Clients that have not shaken hands yet. */
    int handshakes() {
        return clients == null ? 0 : clients.handshakes();
    }

    /** No connection begins any more. */
    void close() {
        if (upstream != null) {
            upstream.close();
        }
        if (clients != null) {
            clients.close();
        }
    }

    void release() {
        if (workers != null) {
            workers.close();
        }
    }
}
