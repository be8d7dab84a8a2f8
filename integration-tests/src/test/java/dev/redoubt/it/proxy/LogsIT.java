package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the log of a proxy says of an outage: exactly these lines, however many clients there are, and no secret. */
@Timeout(90)
class LogsIT {
    private static final int MANY = 500;

    private static final String CONNECTING = "INFO UpstreamServer: Connecting to Redis; commands wait until it answers";
    private static final String CONNECTED = "INFO UpstreamServer: Connected to Redis; commands are forwarded";
    private static final String LOST =
            "WARN UpstreamServer: Redis is lost; commands wait, and go out in order when it is back";
    private static final String UNREACHABLE =
            "WARN UpstreamServer: Redis cannot be reached; commands wait for it, and it is tried again and again";
    private static final String MEMORY =
            "WARN OutageMemory: Memory answers what it can; the rest waits for Redis until its hold budget ends";
    private static final String FENCED =
            "INFO UpstreamServer: Lost connections are fenced: nothing that was sent on them can arrive any more";
    private static final String RECONCILED =
            "INFO OutageMemory: Reconciled: Redis has what memory acknowledged; memory answers no more";
    private static final String BACK = "INFO UpstreamServer: Redis is back; commands are forwarded";

    enum Format {
        TERMINAL(LogLine::ofTerminal),
        JSON(LogLine::ofJson);

        private final Function<ProxyProcess, List<LogLine>> lines;

        Format(Function<ProxyProcess, List<LogLine>> lines) {
            this.lines = lines;
        }

        List<LogLine> lines(ProxyProcess proxy) {
            return lines.apply(proxy);
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOutageIsALineForEachChange(Format format) {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.setup()
                        .upstream(redis)
                        .options("--log-format", format.word())
                        .start();
                RawClient client = proxy.connect()) {
            new ProxyPages(proxy).awaitState("up");
            client.call("SET", "k", "v");

            redis.kill();
            assertEquals("v", client.call("GET", "k"), "from memory");
            client.call("SET", "j", "w");
            redis.start();
            Eventually.until("the end of the outage", () -> texts(format, proxy).contains(BACK));

            List<LogLine> lines = format.lines(proxy);
            assertEquals(
                    List.of(CONNECTING, CONNECTED, LOST, UNREACHABLE, MEMORY, FENCED, RECONCILED, BACK),
                    texts(format, proxy));
            assertEquals("127.0.0.1:" + redis.port(), lines.get(2).fields().get("upstream"));
            assertTrue(lines.get(2).fields().containsKey("since"), lines::toString);
            assertTrue(lines.get(3).fields().get("cause").startsWith("Connection refused"), lines::toString);
            assertTrue(lines.get(3).fields().get("advice").contains("start Redis"), lines::toString);
            assertEquals(1, lines.get(6).number("replayed"), lines::toString);
            assertTrue(lines.get(6).number("hits") >= 1, lines::toString);
            assertEquals("true", lines.get(7).fields().get("newRun"));
            assertTrue(lines.get(7).number("awayMillis") >= 1_000, lines::toString);
            assertEquals(0, lines.get(7).number("inDoubt"));
            assertFalse(proxy.output().contains("SLF4J"), proxy.output());
        }
    }

    @Test
    void fiveHundredClientsThatFailAreNoFiveHundredLines() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.setup()
                        .upstream(redis)
                        .options("--fallback-profile", "strict", "--backlog-hold-budget", "100ms")
                        .start()) {
            new ProxyPages(proxy).awaitState("up");
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                clients.add(proxy.connect());
            }
            clients.forEach(client -> client.call("PING"));
            clients.get(0).call("SET", "k", "v");

            redis.kill();
            clients.forEach(client -> client.send("SET", "k", "v"));
            clients.forEach(client -> assertTrue(client.read().toString().contains("UNAVAILABLE")));
            redis.start();
            Eventually.until(
                    "the end of the outage", () -> texts(Format.TERMINAL, proxy).contains(BACK));
            clients.forEach(RawClient::close);

            List<LogLine> lines = Format.TERMINAL.lines(proxy);
            assertEquals(
                    List.of(CONNECTING, CONNECTED, LOST, UNREACHABLE, FENCED, BACK), texts(Format.TERMINAL, proxy));
            assertEquals(MANY, lines.get(5).number("unavailable") + lines.get(5).number("inDoubt"), lines::toString);
        }
    }

    @Test
    void nothingThatClientsSayIsLogged() {
        String password = "pa55word-of-redis";
        try (RedisServer redis = RedisServer.started("--requirepass", password);
                ProxyProcess proxy = ProxyProcess.setup()
                        .options("--upstream", "redis://:" + password + "@" + redis.host() + ":" + redis.port())
                        .options("--log-level", "trace", "--clients-query-buffer", "64KB")
                        .start()) {
            new ProxyPages(proxy).awaitState("up");
            try (RawClient client = proxy.connect();
                    RawClient greedy = proxy.connect()) {
                client.call("SET", "key-secret-1", "value-secret-2");
                client.call("AUTH", "user-secret-3", "password-secret-4");
                client.call("AUTH", "password-secret-5");
                client.call("NOSUCH", "argument-secret-6");
                client.call("EVAL", "return 'script-secret-7'", "0");
                client.call("LPUSH", "key-secret-1", "value-secret-8");
                greedy.sendRaw("*2\r\n$4\r\nECHO\r\n$600000\r\nvalue-secret-9" + "x".repeat(200_000));
                client.call("SET", "key-secret-1", "value-secret-2");
                redis.kill();
                client.send("INCR", "key-secret-10");
                try (RawClient other = proxy.connect()) {
                    assertEquals("value-secret-2", other.call("GET", "key-secret-1"));
                    other.call("SET", "key-secret-11", "value-secret-12");
                }
                redis.start();
                assertEquals(1L, client.read());
            }
            new ProxyPages(proxy).awaitState("up");
            proxy.stop();

            String output = proxy.output();
            assertTrue(output.contains("Redis is back"), output);
            assertFalse(output.contains("secret"), output);
            assertFalse(output.contains(password), output);
        }
    }

    @Test
    void aRedisThatDoesNotKnowAuthRepeatsThePasswordAndTheLogDoesNot() {
        String password = "pa55word-of-redis";
        try (RedisServer redis = RedisServer.started("--rename-command", "AUTH", "");
                ProxyProcess proxy = ProxyProcess.setup()
                        .options("--upstream", "redis://:" + password + "@" + redis.host() + ":" + redis.port())
                        .start()) {
            Eventually.until("a refusal", () -> proxy.output().contains("refused AUTH"));

            assertFalse(proxy.output().contains(password), proxy.output());
            assertFalse(new ProxyPages(proxy).health().contains(password));
        }
    }

    @Test
    void levelsChangeWhileItRuns() throws IOException, InterruptedException {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.before(redis)) {
            new ProxyPages(proxy).awaitState("up");
            assertEquals("info\n", logLevel(proxy, "GET", ""));
            assertEquals("error\n", logLevel(proxy, "PUT", "error"));

            redis.kill();
            new ProxyPages(proxy).awaitState("holding");
            assertEquals("info\n", logLevel(proxy, "PUT", "info"));
            redis.start();
            Eventually.until(
                    "the end of the outage", () -> texts(Format.TERMINAL, proxy).contains(BACK));

            assertFalse(texts(Format.TERMINAL, proxy).contains(LOST), "it was not to be logged");
        }
    }

    private static String logLevel(ProxyProcess proxy, String method, String body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://" + proxy.host() + ":" + proxy.adminPort() + "/log-level");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }

    private static List<String> texts(Format format, ProxyProcess proxy) {
        return format.lines(proxy).stream().map(LogLine::text).toList();
    }
}
