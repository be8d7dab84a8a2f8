package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** MONITOR through the proxy names the proxy's clients. */
@Timeout(30)
class MonitorIT {
    private static RedisServer redis;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        new ProxyPages(proxy).awaitState("up");
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    private static String shown(RawClient monitor) {
        return monitor.read().toString().replaceFirst("^[0-9]+\\.[0-9]{6} ", "");
    }

    private static String by(RawClient client, String command) {
        return "[0 127.0.0.1:" + client.localPort() + "] " + command;
    }

    @Test
    void eachCommandIsShownWithItsClient() {
        try (RawClient monitor = proxy.connect();
                RawClient one = proxy.connect();
                RawClient two = proxy.connect();
                RawClient direct = redis.connect()) {
            assertEquals("OK", monitor.call("MONITOR"));

            one.call("SET", "k", "a \"b\"\n");
            assertEquals(by(one, "\"SET\" \"k\" \"a \\\"b\\\"\\n\""), shown(monitor));
            two.call("GET", "k");
            assertEquals(by(two, "\"GET\" \"k\""), shown(monitor));
            direct.call("GET", "k");
            assertEquals(by(direct, "\"GET\" \"k\""), shown(monitor));
            one.call("BLPOP", "none", "0.01");
            assertEquals(by(one, "\"BLPOP\" \"none\" \"0.01\""), shown(monitor));
            two.call("SELECT", "0");
            assertEquals(by(two, "\"SELECT\" \"0\""), shown(monitor));
        }
    }

    @Test
    void scriptsAndTransactionsAreShownInOrder() {
        try (RawClient monitor = proxy.connect();
                RawClient client = proxy.connect()) {
            assertEquals("OK", monitor.call("MONITOR"));

            client.call("multi");
            client.call("set", "k", "1");
            client.call("exec");
            client.call("EVAL", "return redis.call('get', 'k')", "0");

            assertEquals(by(client, "\"multi\""), shown(monitor));
            assertEquals(by(client, "\"set\" \"k\" \"1\""), shown(monitor));
            assertEquals(by(client, "\"exec\""), shown(monitor));
            assertTrue(shown(monitor).startsWith(by(client, "\"EVAL\"")));
            assertEquals("[0 lua] \"get\" \"k\"", shown(monitor));
        }
    }

    @Test
    void passwordsAreNotShown() {
        try (RawClient monitor = proxy.connect();
                RawClient client = proxy.connect()) {
            assertEquals("OK", monitor.call("MONITOR"));

            client.call("AUTH", "nobody", "secret");

            assertEquals(by(client, "\"AUTH\" \"(redacted)\" \"(redacted)\""), shown(monitor));
        }
    }
}
