package dev.redoubt.it.redis;

import dev.redoubt.it.redis.TestPki.Identity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A real Redis with a port for TLS beside the usual one, which the tests look through. A Redis that was built without TLS skips the test. Confined to one thread. */
public final class TlsRedis implements AutoCloseable {
    private final RedisServer server;
    private final int tlsPort;

    private TlsRedis(RedisServer server, int tlsPort) {
        this.server = server;
        this.tlsPort = tlsPort;
    }

    /** Clients need no certificate. */
    public static TlsRedis started(TestPki pki, Identity own) {
        return started(pki, own, "no");
    }

    /** Clients must show a certificate of the CA. */
    public static TlsRedis mutual(TestPki pki, Identity own) {
        return started(pki, own, "yes");
    }

    private static TlsRedis started(TestPki pki, Identity own, String authClients) {
        int port = FreePort.next();
        List<String> options = new ArrayList<>(List.of("--tls-port", Integer.toString(port)));
        options.addAll(List.of("--tls-cert-file", own.certificate().toString()));
        options.addAll(List.of("--tls-key-file", own.key().toString()));
        options.addAll(List.of("--tls-ca-cert-file", pki.ca().toString()));
        options.addAll(List.of("--tls-auth-clients", authClients));
        try {
            return new TlsRedis(RedisServer.started(options.toArray(String[]::new)), port);
        } catch (IllegalStateException e) {
            String said = String.valueOf(e.getMessage());
            boolean without = said.contains("tls-port") || said.contains("argument(s) missing");
            Assumptions.assumeFalse(without, "this Redis was built without TLS");
            throw e;
        }
    }

    /** The server, at its usual port. */
    public RedisServer server() {
        return server;
    }

    public int tlsPort() {
        return tlsPort;
    }

    public String uri() {
        return "rediss://localhost:" + tlsPort;
    }

    @Override
    public void close() {
        server.close();
    }
}
