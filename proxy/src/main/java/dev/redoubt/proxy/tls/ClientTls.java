package dev.redoubt.proxy.tls;

import dev.redoubt.proxy.config.UpstreamTlsSettings;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS to Redis. Confined to the lane but for its constructor. */
public final class ClientTls {
    private static final Logger LOG = LoggerFactory.getLogger(ClientTls.class);
    private static final long HANDSHAKE_MILLIS = 5_000;

    private final UpstreamTlsSettings settings;
    private final TlsWorkers workers;
    private final LiveContext live;

    /**
     * Reads the files, and reads them again when they change.
     *
     * @param lane where connections are opened
     * @throws TlsProblem if they cannot be used
     */
    public ClientTls(UpstreamTlsSettings settings, TlsWorkers workers, Executor lane) throws TlsProblem {
        this.settings = settings;
        this.workers = workers;
        SslProvider provider = TlsMaterial.provider();
        if (!settings.verifiesHost()) {
            LOG.warn("upstream.tls.verify-host is off: whoever has any certificate of the CA can play Redis");
        }
        this.live = new TlsSource(
                        "upstream",
                        settings.files(),
                        settings.reloadInterval(),
                        material -> material.client(provider, settings.verifiesHost()),
                        workers,
                        lane)
                .live();
    }

    /**
     * Shakes hands on a channel that is connected and has no handler yet.
     *
     * @param whenDone told once: null when secured, then a handler may be added; else why not, and the channel is being closed
     */
    public void secure(Channel channel, String host, int port, Consumer<@Nullable TlsTrouble> whenDone) {
        String name = serverName(settings, host);
        SslHandler tls = live.get().newHandler(channel.alloc(), name, port, workers.tasks());
        onlyWholeRecords(tls);
        nameServer(tls.engine(), name);
        TlsGate.secure(channel, tls, HANDSHAKE_MILLIS, failure -> TlsTrouble.withServer(failure, name), trouble -> {
            if (trouble == null) {
                channel.pipeline().addLast(new FirstAnswer());
            }
            whenDone.accept(trouble);
        });
    }

    /** A write is a record of its own and shares it with no other: so it is known which writes have left (docs/decisions, {@code DirectSocket.pieceBytes}). */
    static void onlyWholeRecords(SslHandler tls) {
        tls.setWrapDataSize(0);
    }

    static String serverName(UpstreamTlsSettings settings, String host) {
        String other = settings.serverName();
        return other == null ? host : other;
    }

    /** The JDK and Netty name a server only if its name has a dot; Redis is often called "redis". */
    private static void nameServer(SSLEngine engine, String name) {
        SSLParameters parameters = engine.getSSLParameters();
        if (nameServer(parameters, name)) {
            engine.setSSLParameters(parameters);
        }
    }

    static boolean nameServer(SSLParameters parameters, String name) {
        if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
            return false;
        }
        try {
            parameters.setServerNames(List.of(new SNIHostName(name)));
            return true;
        } catch (IllegalArgumentException e) {
            return false; // an underscore, as Docker Compose makes names: no server knows it by SNI
        }
    }

    /** No connection begins any more. */
    public void close() {
        live.close();
    }
}
