package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.it.proxy.scenario.JedisScenario;
import dev.redoubt.it.proxy.scenario.LettuceScenario;
import dev.redoubt.it.proxy.scenario.RedissonScenario;
import dev.redoubt.it.proxy.scenario.SpringScenario;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Unmodified client libraries with their default settings do everything that applications do with them. */
@Timeout(180)
class RealClientsIT {
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

    @Test
    void jedis8() {
        new JedisScenario().accept(proxy.port());
    }

    @Test
    void jedis5() throws IOException, ReflectiveOperationException {
        IsolatedLibrary.run("jedis-5.jar", "redis.clients.jedis.", JedisScenario.class, proxy.port());
    }

    @Test
    void lettuce7() {
        new LettuceScenario().accept(proxy.port());
    }

    @Test
    void lettuce6() throws IOException, ReflectiveOperationException {
        IsolatedLibrary.run("lettuce-core-6.jar", "io.lettuce.core.", LettuceScenario.class, proxy.port());
    }

    @Test
    void redisson4() {
        new RedissonScenario().accept(proxy.port());
    }

    @Test
    void springDataAndSpringSession() {
        new SpringScenario().accept(proxy.port());
    }

    @Test
    void ioredisAndBullMq(@TempDir Path directory) {
        NodeProject node = NodeProject.with(directory, "ioredis@5", "bullmq@5");
        String port = Integer.toString(proxy.port());

        assertEquals(
                List.of(
                        "transaction [1,2]",
                        "lost watch null",
                        "script 12",
                        "pipeline 1000",
                        "blocking list element",
                        "message channel hello",
                        "message top* topic hello",
                        "done"),
                node.run("ioredis-scenario.js", proxy.host(), port));
        assertEquals(
                List.of("completed 50", "failed 1 of 1: no more", "delayed done", "events 51", "done"),
                node.run("bullmq-scenario.js", proxy.host(), port));
    }

    @Test
    void redisCli() throws IOException, InterruptedException {
        assumeTrue(RedisCli.isInstalled(), "no redis-cli on the PATH");

        assertEquals("OK", redisCli("set", "cli", "two words"));
        assertEquals("two words", redisCli("get", "cli"));
        assertEquals("a\nb", redisCli("-3", "eval", "return {'a', 'b'}", "0"));
        assertEquals("1", redisCli("-n", "5", "incr", "in-another-database"));
        assertTrue(redisCli("info", "server").contains("redis_version"));
        assertTrue(redisCli("nosuchcommand").startsWith("ERR unknown command"));
    }

    private static String redisCli(String... arguments) throws IOException, InterruptedException {
        String port = Integer.toString(proxy.port());
        return RedisCli.run(List.of("-h", proxy.host(), "-p", port), arguments);
    }
}
