package dev.redoubt.proxy.tls;

import dev.redoubt.proxy.config.UpstreamTlsSettings;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TLS to Redis for blocking sockets, as the command line uses them; always the JDK's. Immutable. */
public final class BlockingTls {
    private final UpstreamTlsSettings settings;
    private final JdkSslContext context;

    /** @throws TlsProblem if the files cannot be used */
    public BlockingTls(UpstreamTlsSettings settings) throws TlsProblem {
        this.settings = settings;
        TlsMaterial material = TlsMaterial.of(PemTexts.read(settings.files()), settings.files());
        SslContext made = material.client(SslProvider.JDK, settings.verifiesHost());
        this.context = (JdkSslContext) made;
    }

    /** The name that the certificate must be for. */
    public String serverName(String host) {
        return ClientTls.serverName(settings, host);
    }

    /** Shakes hands on a connected socket, which is closed with the one that is returned. */
    public SSLSocket secure(Socket plain, String host, int port) throws IOException {
        String name = serverName(host);
        SSLSocket socket = (SSLSocket) context.context().getSocketFactory().createSocket(plain, name, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm(settings.verifiesHost() ? "HTTPS" : null);
        ClientTls.nameServer(parameters, name);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
