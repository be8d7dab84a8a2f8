package dev.redoubt.it.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.FreePort;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.TestPki;
import dev.redoubt.it.redis.TlsRedis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications with the agent: where their connections end. */
@Timeout(120)
class AgentIT {
    private static RedisServer redis;
    private static ProxyProcess proxy;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void everyWayToMakeAJedisEndsAtTheProxy() throws Exception {
        AgentJvm.Ended ended = withProxy("").run(JedisShapes.class);

        assertEquals(
                List.of(
                        "static-initialiser PONG",
                        "lambda PONG",
                        "constructor-reference PONG",
                        "reflection PONG",
                        "subclass PONG",
                        "anonymous-subclass PONG",
                        "tls PONG",
                        "config PONG",
                        "discarded PONG",
                        "pool PONG",
                        "redis-client PONG"),
                ended.out().lines().filter(line -> line.endsWith(" PONG")).toList(),
                ended.err());
        assertEquals(0, ended.status());
    }

    @Test
    void lettuceAndRedissonEndAtTheProxyAndNobodysPasswordDoes() throws Exception {
        AgentJvm.Ended ended = withProxy(",credentials=strip").run(OtherShapes.class);

        for (String line : new String[] {
            "lettuce PONG",
            "lettuce-uri-is-the-same true",
            "lettuce-tls PONG",
            "lettuce-tls-uri-is-the-same true",
            "lettuce-sentinel PONG",
            "lettuce-sentinel-uri-is-the-same true",
            "redisson value",
            "jedis-login PONG",
            "jedis-hello PONG"
        }) {
            assertTrue(ended.out().lines().anyMatch(line::equals), line + ", but: " + ended);
        }
    }

    @Test
    void withoutAProxyTheApplicationHearsWhatItHearsWithoutRedis() throws Exception {
        int nobody = FreePort.next();

        AgentJvm.Ended without = application().run(OneJedis.class, "127.0.0.1", nobody);
        AgentJvm.Ended with =
                application().agent("proxy=127.0.0.1:" + nobody).run(OneJedis.class, "127.0.0.1", redis.port());

        assertTrue(with.out().startsWith("redis.clients.jedis.exceptions.JedisConnectionException"), with.toString());
        assertEquals(without.out(), with.out());
    }

    @Test
    void withoutAProxyDirectConnectionsAreMadeWhereThatIsAllowed() throws Exception {
        try (TestPki pki = new TestPki("redis");
                TlsRedis direct = TlsRedis.started(pki, pki.local("redis"))) {
            AgentJvm.Ended ended = application()
                    .agent("on-proxy-down=direct,proxy=127.0.0.1:" + FreePort.next())
                    .run(DirectShapes.class, direct.server().port(), direct.tlsPort());

            assertEquals(
                    List.of("jedis PONG", "jedis-tls PONG", "lettuce PONG", "lettuce-tls PONG", "redisson value"),
                    ended.out()
                            .lines()
                            .filter(line -> line.matches("[a-z-]+ (PONG|value)"))
                            .toList(),
                    ended.toString());
            assertTrue(ended.saidOnce("cannot be reached"), ended.toString());
        }
    }

    @Test
    void sentinelsAndClustersAreLeftAloneAndThatIsSaid() throws Exception {
        int cluster = FreePort.next();
        int sentinel = FreePort.next();

        AgentJvm.Ended ended = withProxy("").run(Topologies.class, cluster, sentinel, FreePort.next(), FreePort.next());

        List<String> came = ended.out().lines().toList();
        for (String client : List.of(
                "jedis-cluster",
                "jedis-sentinel",
                "lettuce-cluster",
                "lettuce-sentinel",
                "redisson-cluster",
                "redisson-sentinel")) {
            assertTrue(
                    came.stream().anyMatch(line -> line.startsWith(client + " ") && !line.contains("PONG")),
                    ended.toString());
        }
        assertTrue(came.contains("jedis PONG"), ended.toString());
        String node = "left alone: connections to 127.0.0.1:" + cluster;
        assertTrue(ended.saidOnce(node + ", it is a node of a cluster"), ended.toString());
        assertTrue(ended.saidOnce("127.0.0.1:" + sentinel + ", it is a Sentinel"), ended.toString());
        assertTrue(ended.saidOnce("RedisClusterClient, the proxy does not speak for a cluster"), ended.toString());
        assertTrue(ended.saidOnce("follows the topology itself (ClusterConnectionManager)"), ended.toString());
        assertTrue(ended.saidOnce("follows the topology itself (SentinelConnectionManager)"), ended.toString());
    }

    @Test
    void whatNoPatternNamesIsLeftWhereItIs() throws Exception {
        AgentJvm.Ended ended = application()
                .agent("endpoints=cache-*,proxy=127.0.0.1:" + FreePort.next())
                .run(OneJedis.class, "127.0.0.1", redis.port());

        assertEquals("PONG", ended.out().trim(), ended.toString());
    }

    @Test
    void observingChangesNothing() throws Exception {
        AgentJvm.Ended ended = application()
                .agent("mode=observe,proxy=127.0.0.1:" + FreePort.next())
                .run(OneJedis.class, "127.0.0.1", redis.port());

        assertEquals("PONG", ended.out().trim(), ended.toString());
        assertTrue(ended.saidOnce("observed"), ended.toString());
    }

    @Test
    void aWrongOptionIsToldInOneLineAndTheApplicationRuns() throws Exception {
        AgentJvm.Ended ended = application().agent("proxy=nowhere").run(OneJedis.class, "127.0.0.1", redis.port());

        assertEquals("PONG", ended.out().trim(), ended.toString());
        assertEquals(1, ended.agentLines().size(), ended.toString());
        assertTrue(ended.saidOnce("stays off, because of its options: proxy=nowhere"), ended.toString());
    }

    @Test
    void aLogThatCannotBeWrittenIsToldOnStandardError() throws Exception {
        AgentJvm.Ended ended =
                withProxy(",log=" + directory.resolve("none/agent.log")).run(OneJedis.class, JedisShapes.HOST, 6379);

        assertEquals("PONG", ended.out().trim(), ended.toString());
        assertTrue(ended.saidOnce("cannot be written to"), ended.toString());
    }

    @Test
    void anAgentGivenTwiceCountsOnce() throws Exception {
        AgentJvm.Ended ended = withProxy("").agent("mode=off").run(OneJedis.class, JedisShapes.HOST, 6379);

        assertEquals("PONG", ended.out().trim(), ended.toString());
        assertTrue(ended.saidOnce("given more than once"), ended.toString());
    }

    @Test
    void beforeTheFirstClientNothingOfByteBuddyIsLoaded() throws Exception {
        AgentJvm.Ended without = withProxy("").options("-verbose:class").run(NoRedis.class);
        AgentJvm.Ended with = withProxy("").options("-verbose:class").run(OneJedis.class, JedisShapes.HOST, 6379);

        assertTrue(without.out().contains("dev.redoubt.agent.hook.ClientTransformer"), without.out());
        assertFalse(without.out().contains("dev.redoubt.agent.bytebuddy"), without.out());
        assertFalse(without.out().contains("java.util.logging"), without.out());
        assertTrue(with.out().contains("dev.redoubt.agent.bytebuddy"), with.err());
    }

    private AgentJvm application() {
        return AgentJvm.in(directory).withLibraries();
    }

    private AgentJvm withProxy(String more) {
        return application().agent("proxy=127.0.0.1:" + proxy.port() + more);
    }
}
