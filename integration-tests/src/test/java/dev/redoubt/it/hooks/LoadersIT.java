package dev.redoubt.it.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RedisServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where classes of clients come from, and what an application may forbid. */
@Timeout(120)
class LoadersIT {
    /** Jedis, what it needs, and who logs for it. */
    private static final String MODULES =
            "jedis|commons-pool2|slf4j-api|logback-classic|logback-core|gson|json|redis-authx-core";

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
    void whateverLoadsAClientItEndsAtTheProxyAndAnApplicationThatIsTakenAwayIsNotHeld() throws Exception {
        AgentJvm.Ended ended = withProxy().withLibraries().run(Loaders.class);

        assertEquals(
                List.of(
                        "deployed PONG",
                        "redeployed and collected",
                        "child-first PONG",
                        "osgi-like PONG",
                        "nested PONG",
                        "shaded PONG",
                        "system PONG"),
                ended.out().lines().toList(),
                ended.err());
    }

    @Test
    void aSecurityManagerThatComesLaterTakesNothingFromTheApplication() throws Exception {
        AgentJvm.Ended ended = withProxy()
                .options("-Djava.security.manager=allow")
                .withLibraries()
                .run(LateSecurityManager.class, "127.0.0.1", redis.port(), proxy.port());

        assertEquals(
                List.of("before PONG", "before-bundled PONG", "after PONG", "after-bundled PONG"),
                ended.out().lines().toList(),
                ended.err());
        assertTrue(ended.saidOnce("stays off: a security manager is set"), ended.toString());
    }

    @Test
    void anApplicationOnTheModulePathEndsAtTheProxy() throws Exception {
        Path modules = Files.createDirectories(directory.resolve("modules"));
        Path app = directory.resolve("src/App.java");
        Files.createDirectories(app.getParent());
        Files.writeString(directory.resolve("src/module-info.java"), "module app { requires redis.clients.jedis; }");
        Files.writeString(app, """
                package app;
                public class App {
                    public static void main(String[] args) {
                        try (var jedis = new redis.clients.jedis.Jedis("redis.invalid", 6379)) {
                            System.out.println(jedis.ping() + " in " + jedis.getClass().getModule());
                        }
                    }
                }
                """);
        String path = jedisAndWhatItNeeds();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-p",
                        path,
                        "-d",
                        modules.toString(),
                        app.toString(),
                        app.resolveSibling("module-info.java").toString());
        assertEquals(0, status);

        AgentJvm.Ended ended = withProxy()
                .options("-p", path + File.pathSeparator + modules, "--add-modules", "ALL-MODULE-PATH", "-m")
                .run("app/app.App");

        assertEquals("PONG in module redis.clients.jedis", ended.out().trim(), ended.toString());
    }

    @Test
    void anAgentThatComesLateTakesTheConnectionsFromThenOn() throws Exception {
        AgentJvm.Ended ended = AgentJvm.in(directory)
                .options("-Djdk.attach.allowAttachSelf=true")
                .withLibraries()
                .run(Attaching.class, "127.0.0.1", redis.port(), AgentJvm.jar(), "proxy=127.0.0.1:" + proxy.port());

        assertEquals(List.of("before PONG", "after PONG"), ended.out().lines().toList(), ended.toString());
    }

    private AgentJvm withProxy() {
        return AgentJvm.in(directory).agent("proxy=127.0.0.1:" + proxy.port());
    }

    private static String jedisAndWhatItNeeds() throws IOException {
        return String.join(
                File.pathSeparator,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(jar -> jar.matches(".*/(" + MODULES + ")-[0-9.]+.*[.]jar"))
                        .toList());
    }
}
