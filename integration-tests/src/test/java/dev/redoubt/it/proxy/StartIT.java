package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the jar says and does when it is started, rightly or wrongly. */
@Timeout(30)
class StartIT {
    private static final int USAGE = 2;

    @Test
    void theBannerSaysWhereWhatAndHow() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.setup()
                        .upstream(redis)
                        .options("--upstream-username", "app", "--upstream-password", "hidden")
                        .start()) {
            Eventually.until("the banner", () -> proxy.output().contains("/metrics"));

            String banner = proxy.output();
            assertTrue(banner.contains("127.0.0.1:" + proxy.port()), banner);
            assertTrue(banner.contains("127.0.0.1:" + redis.port()), banner);
            assertTrue(banner.contains("http://127.0.0.1:" + proxy.adminPort() + "/health"), banner);
            assertTrue(banner.lines().anyMatch(line -> line.matches("  state +(up|connecting).*")), banner);
            assertTrue(banner.lines().anyMatch(line -> line.matches("  profile +prod")), banner);
            assertTrue(banner.lines().anyMatch(line -> line.matches("  memory +at most \\d+ MB.*")), banner);
            assertFalse(banner.contains("hidden"), banner);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPortInUseIsNamedWithWhoHoldsIt() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ProxyProcess proxy = ProxyProcess.setup()
                        .launch("run", "--listen", "127.0.0.1:" + holder.getLocalPort(), "--admin", "off")) {
            assertEquals(USAGE, proxy.awaitEnd());

            assertTrue(proxy.output().contains("127.0.0.1:" + holder.getLocalPort()), proxy.output());
            assertTrue(proxy.output().contains("pid " + ProcessHandle.current().pid()), proxy.output());
            assertTrue(proxy.output().contains("--listen"), proxy.output());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void transportThatThisMachineHasNotIsAnErrorThatNamesOneThatItHas() {
        try (ProxyProcess proxy = ProxyProcess.setup()
                .launch("run", "--transport", "kqueue", "--listen", "127.0.0.1:0", "--admin", "off")) {
            assertEquals(USAGE, proxy.awaitEnd());
            assertTrue(proxy.output().contains("transport kqueue does not work here"), proxy.output());
            assertTrue(proxy.output().contains("--transport auto"), proxy.output());
        }
    }

    @Test
    void theAdminPortInUseIsAnErrorToo() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ProxyProcess proxy = ProxyProcess.setup()
                        .launch("run", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:" + holder.getLocalPort())) {
            assertEquals(USAGE, proxy.awaitEnd());
            assertTrue(proxy.output().contains("--admin"), proxy.output());
        }
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        try (ProxyProcess proxy = ProxyProcess.setup()
                .environment("REDOUBT_BACKLOG_MAX_BYTES", "plenty")
                .environment("REDOUBT_NO_SUCH_SETTING", "1")
                .launch("run", "--backlog-hold-budget", "soon", "--listen", "nowhere")) {
            assertEquals(USAGE, proxy.awaitEnd());

            String output = proxy.output();
            assertTrue(output.contains("plenty") && output.contains("soon") && output.contains("nowhere"), output);
            assertTrue(output.contains("REDOUBT_NO_SUCH_SETTING"), output);
        }
    }

    @Test
    void anUpstreamThatIsTheProxyItselfIsAnError() {
        try (ProxyProcess proxy = ProxyProcess.setup()
                .environment("REDIS_URL", "redis://localhost:7399")
                .launch("run", "--listen", "127.0.0.1:7399", "--admin", "off")) {
            assertEquals(USAGE, proxy.awaitEnd());
            assertTrue(proxy.output().contains("127.0.0.1:7399"), proxy.output());
            assertTrue(proxy.output().contains("--upstream"), proxy.output());
        }
    }

    @Test
    void theNamesThatApplicationsUseAreUnderstood() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.setup()
                        .environment("REDIS_URL", redis.uri() + "/3")
                        .start();
                RawClient client = proxy.connect()) {
            new ProxyPages(proxy).awaitState("up");
            assertEquals("OK", client.call("SET", "k", "v"));
            try (RawClient direct = redis.connect()) {
                direct.call("SELECT", "3");
                assertEquals("v", direct.call("GET", "k"));
            }
            assertEquals("RESET", client.call("RESET"));
            assertEquals("v", client.call("GET", "k"));
            assertEquals("OK", client.call("SELECT", "0"));
            assertNull(client.call("GET", "k"));
        }
    }

    @Test
    void withoutRedisMemoryAnswersTheJarsOwnClient() {
        try (RedisServer absent = RedisServer.absent();
                ProxyProcess proxy = ProxyProcess.before(absent)) {
            assertEquals("OK", cli(proxy, "SET", "greeting", "hello"));
            assertEquals("\"hello\"", cli(proxy, "GET", "greeting"));
        }
    }

    @Test
    void disabledMeansMemoryOnly() {
        try (ProxyProcess proxy =
                        ProxyProcess.setup().environment("REDIS_DISABLED", "1").start();
                RawClient client = proxy.connect()) {
            assertEquals("OK", client.call("SET", "k", "1"));
            assertEquals(2L, client.call("INCR", "k"));
            assertEquals("PONG", client.call("PING"));
            assertTrue(client.call("INFO").toString().contains("loading:0"));
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("memory-only");
            assertTrue(pages.health().contains("\"status\":\"disabled\""), pages.health());
        }
    }

    private static String cli(ProxyProcess proxy, String... command) {
        String[] arguments = new String[command.length + 3];
        arguments[0] = "cli";
        arguments[1] = "-p";
        arguments[2] = Integer.toString(proxy.port());
        System.arraycopy(command, 0, arguments, 3, command.length);
        try (ProxyProcess cli = ProxyProcess.setup().launch(arguments)) {
            cli.awaitEnd();
            return cli.output().strip();
        }
    }
}
