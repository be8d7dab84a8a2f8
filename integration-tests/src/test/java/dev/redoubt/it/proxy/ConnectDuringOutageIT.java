package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that starts while Redis is away becomes ready, works, and finds its data in Redis afterwards. */
@Timeout(90)
class ConnectDuringOutageIT {
    private RedisServer redis;
    private ProxyProcess proxy;

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void librariesConnectAndWork() {
        redisWasSeenAndIsGone();
        List<LoadClient> clients = connectAll();

        for (LoadClient client : clients) {
            client.set("during:" + client, "outage");
            assertEquals("outage", client.get("during:" + client));
        }
        redis.start();

        for (LoadClient client : clients) {
            awaitValue("during:" + client, "outage");
            assertEquals("outage", client.get("during:" + client));
            assertEquals(1, client.incr("after:" + client));
            client.close();
        }
    }

    @Test
    void ioredisBecomesReadyAndWorks(@TempDir Path directory) {
        NodeProject node = NodeProject.with(directory, "ioredis@5");
        redisWasSeenAndIsGone();

        List<String> lines = node.run("ioredis-client.js", proxy.host(), Integer.toString(proxy.port()));

        assertEquals(List.of("ready", "set OK", "got during-the-outage", "closed"), lines);
        redis.start();
        awaitValue("ioredis", "during-the-outage");
    }

    @Test
    void whatClientsAskWhenTheyConnectIsAnsweredAtOnce() {
        redisWasSeenAndIsGone();

        try (RawClient client = proxy.connect()) {
            assertEquals("PONG", client.call("PING"));
            String info = (String) client.call("INFO");
            assertTrue(info.contains("loading:0"), info);
            assertTrue(info.contains("redis_version:" + redisVersion(client)), info);
            assertEquals("master", ((List<?>) client.call("ROLE")).get(0));
            assertTrue((Long) client.call("COMMAND", "COUNT") > 200);
            assertEquals(List.of("maxmemory-policy", "noeviction"), client.call("CONFIG", "GET", "maxmemory-policy"));
        }
        assertTrue(new ProxyPages(proxy).isInState("holding"), "all of it within the hold");
    }

    @Test
    void redisAppearsAfterTheProxy() {
        redis = RedisServer.absent();
        proxy = ProxyProcess.before(redis);
        List<LoadClient> clients = connectAll();

        for (LoadClient client : clients) {
            client.set("early:" + client, "value");
            assertEquals("value", client.get("early:" + client));
        }
        redis.start();

        for (LoadClient client : clients) {
            awaitValue("early:" + client, "value");
        }
        new ProxyPages(proxy).awaitState("up");
        for (LoadClient client : clients) {
            assertEquals("value", client.get("early:" + client));
            assertEquals(1, client.incr("counter:" + client));
            client.close();
        }
    }

    private List<LoadClient> connectAll() {
        return Stream.of(Library.values())
                .map(library -> library.connect(proxy))
                .toList();
    }

    private void redisWasSeenAndIsGone() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        new ProxyPages(proxy).awaitState("up");
        redis.kill();
    }

    private static Object redisVersion(RawClient client) {
        List<?> hello = (List<?>) client.call("HELLO", "2");
        return hello.get(hello.indexOf("version") + 1);
    }

    private void awaitValue(String key, String value) {
        try (RawClient direct = redis.connect()) {
            Eventually.until(key + " in Redis", () -> value.equals(direct.call("GET", key)));
        }
    }
}
