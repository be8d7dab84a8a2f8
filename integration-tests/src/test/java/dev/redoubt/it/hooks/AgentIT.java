package dev.redoubt.it.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.it.redis.FreePort;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
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
    void lettuceAndRedissonEndAtTheProxy() throws Exception {
        AgentJvm.Ended ended = withProxy("").run(OtherShapes.class);

        for (String line : new String[] {
            "lettuce PONG",
            "lettuce-uri-is-the-same true",
            "lettuce-tls PONG",
            "lettuce-tls-uri-is-the-same true",
            "lettuce-sentinel PONG",
            "lettuce-sentinel-uri-is-the-same true",
            "redisson value"
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
        AgentJvm.Ended ended = application()
                .agent("on-proxy-down=direct,proxy=127.0.0.1:" + FreePort.next())
                .run(OneJedis.class, "127.0.0.1", redis.port());

        assertEquals("PONG", ended.out().trim(), ended.toString());
        assertTrue(ended.saidOnce("cannot be reached"), ended.toString());
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
    void anotherAgentMayComeBeforeOrAfter() throws Exception {
        String other = "-javaagent:" + otherAgent();

        AgentJvm.Ended before = application()
                .options(other)
                .agent("proxy=127.0.0.1:" + proxy.port())
                .run(OneJedis.class, JedisShapes.HOST, 6379);
        AgentJvm.Ended after = withProxy("").options(other).run(OneJedis.class, JedisShapes.HOST, 6379);

        for (AgentJvm.Ended ended : List.of(before, after)) {
            assertTrue(ended.out().contains("the other agent saw it"), ended.toString());
            assertTrue(ended.out().contains("PONG"), ended.toString());
        }
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

    @Test
    void jdk25HasNothingToSayAboutTheAgent() throws Exception {
        Optional<Path> java = jdk25();
        assumeTrue(java.isPresent(), "no JDK 25 under /usr/lib/jvm");

        AgentJvm.Ended ended = withProxy("").java(java.orElseThrow()).run(OneJedis.class, JedisShapes.HOST, 6379);

        assertTrue(ended.out().contains("PONG"), ended.toString());
        assertEquals(
                List.of(),
                ended.err()
                        .lines()
                        .filter(line -> !line.startsWith("redoubt-agent:") && line.contains("WARNING"))
                        .toList());
    }

    private AgentJvm application() {
        return AgentJvm.in(directory).withLibraries();
    }

    private AgentJvm withProxy(String more) {
        return application().agent("proxy=127.0.0.1:" + proxy.port() + more);
    }

    private static Optional<Path> jdk25() throws IOException {
        Path place = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(place)) {
            return homes.filter(home -> home.getFileName().toString().contains("25"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    /** Its class and Byte Buddy are on the application's class path. */
    private Path otherAgent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), OtherAgent.class.getName());
        manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
        Path jar = directory.resolve("other-agent.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }
}
