package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long commands wait for Redis, where the user has said so. */
@Timeout(60)
class PatienceIT {
    private static final Duration LONGER_THAN_ANY = Duration.ofSeconds(30);

    /** What has a hold budget of its own ends with it; what has none waits for Redis. */
    @Test
    void aKindOfCommandHasAHoldBudgetOfItsOwn() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.setup()
                        .upstream(redis)
                        .options("--backlog-hold-budget", "1h", "--backlog-hold-budgets", "command=lpush 300ms")
                        .start();
                RawClient hasty = proxy.connect().timeout(LONGER_THAN_ANY);
                RawClient patient = proxy.connect().timeout(LONGER_THAN_ANY)) {
            new ProxyPages(proxy).awaitState("up");
            redis.kill();

            patient.send("RPUSH", "list", "x");
            assertError("UNAVAILABLE", hasty.call("LPUSH", "list", "y"));
            redis.start();

            assertEquals(1L, patient.read());
        }
    }

    @Test
    void theProfileDevGivesUpSoon() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.setup()
                        .upstream(redis)
                        .options("--profile", "dev", "--backlog-hold-budget", "1h")
                        .start();
                RawClient client = proxy.connect().timeout(LONGER_THAN_ANY)) {
            new ProxyPages(proxy).awaitState("up");
            assertEquals("OK", client.call("SET", "k", "v"));
            redis.kill();

            assertError("UNAVAILABLE", client.call("LPUSH", "list", "x"));
            assertError("UNAVAILABLE", client.call("BLPOP", "list", "0"));
            assertEquals("v", client.call("GET", "k"), "memory knows it");
            redis.start();

            new ProxyPages(proxy).awaitState("up");
            assertEquals(1L, client.call("LPUSH", "list", "x"));
        }
    }
}
