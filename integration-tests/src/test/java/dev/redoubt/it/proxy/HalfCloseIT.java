package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that has said all, as {@code printf ... | nc} does, and still wants its replies. */
@Timeout(60)
class HalfCloseIT {
    /** Together more than both kernels' buffers take, so that the proxy has to wait for the client. */
    private static final int REPLIES = 20;

    private static final String VALUE = "0123456789".repeat(50_000);

    @ParameterizedTest
    @MethodSource("dev.redoubt.it.proxy.Transports#here")
    void everyReplyComesAndThenTheEnd(String transport) {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.setup()
                        .upstream(redis)
                        .options("--transport", transport)
                        .start();
                RawClient client = proxy.connect()) {
            assertEquals("OK", client.call("SET", "long", VALUE));

            client.sendRaw("GET long\r\n".repeat(REPLIES));
            client.closeOutput();

            for (int i = 0; i < REPLIES; i++) {
                assertEquals(VALUE, client.read());
            }
            assertTrue(client.isClosedByPeer());
        }
    }
}
