package dev.redoubt.it.proxy;

import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.TestPki;
import dev.redoubt.it.redis.TestPki.Identity;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;

/** The client libraries with TLS, on localhost; the identity may be null. */
final class TlsClients {
    private TlsClients() {}

    static Map<String, Supplier<LoadClient>> all(TestPki pki, Identity identity, int port) {
        Map<String, Supplier<LoadClient>> clients = new LinkedHashMap<>();
        clients.put("JEDIS", () -> jedis(pki, identity, port));
        clients.put("LETTUCE", () -> lettuce(pki, identity, port));
        clients.put("RAW", () -> new Library.OfSocket(raw(pki, identity, port)));
        return clients;
    }

    static RawClient raw(TestPki pki, Identity identity, int port) {
        return RawClient.connect(pki.context(identity).getSocketFactory(), "localhost", port)
                .timeout(Duration.ofSeconds(30));
    }

    static LoadClient jedis(TestPki pki, Identity identity, int port) {
        SslOptions.Builder tls = SslOptions.builder()
                .trustStoreType("PKCS12")
                .truststore(pki.trustStore().toFile(), pki.password());
        if (identity != null) {
            tls.keyStoreType("PKCS12").keystore(pki.keyStore(identity).toFile(), pki.password());
        }
        return new Library.OfJedis(RedisClient.builder()
                .hostAndPort(new HostAndPort("localhost", port))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .sslOptions(tls.build())
                        .build())
                .build());
    }

    static LoadClient lettuce(TestPki pki, Identity identity, int port) {
        io.lettuce.core.SslOptions.Builder tls = io.lettuce.core.SslOptions.builder()
                .jdkSslProvider()
                .trustManager(pki.ca().toFile());
        if (identity != null) {
            tls.keyManager(identity.certificate().toFile(), identity.key().toFile(), new char[0]);
        }
        var client = io.lettuce.core.RedisClient.create(RedisURI.builder()
                .withHost("localhost")
                .withPort(port)
                .withSsl(true)
                .build());
        client.setOptions(ClientOptions.builder().sslOptions(tls.build()).build());
        return new Library.OfLettuce(client, client.connect());
    }
}
