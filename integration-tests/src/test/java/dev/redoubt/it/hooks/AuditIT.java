package dev.redoubt.it.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that forgets its clients, in a JVM of its own with the agent, before a proxy and a real Redis. */
@Timeout(120)
class AuditIT {
    /** With the hook that ends the JVM, and not by accident. */
    private static final int FAILED = 86;

    private static RedisServer redis;
    private static ProxyProcess proxy;
    private static int status;
    private static String out;
    private static String err;
    private static JsonNode report;

    @TempDir
    static Path directory;

    @BeforeAll
    static void runOnce() throws Exception {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        Path file = directory.resolve("report.json");
        AgentJvm.Ended shop = AgentJvm.in(directory)
                .agent("proxy=127.0.0.1:" + proxy.port() + ",admin=127.0.0.1:" + proxy.adminPort()
                        + ",report=exit,report.format=json,report.file=" + file + ",report.fail-over="
                        + (LeakyShop.LEAKS - 1) + ",dry-run=true")
                .withLibraries()
                .run(LeakyShop.class);
        status = shop.status();
        out = shop.out();
        err = shop.err();
        assertTrue(Files.exists(file), shop::toString);
        report = new ObjectMapper().readTree(file.toFile());
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void everyLineIsToldWithWhatBecameOfItsClients() throws IOException {
        JsonNode leak = site("leak");
        assertEquals("Jedis", leak.path("clients").asText());
        assertEquals("redis.invalid:6379", leak.path("endpoint").asText());
        assertEquals(LeakyShop.LEAKS, leak.path("constructed").asInt());
        assertEquals(LeakyShop.LEAKS, leak.path("collectedUnclosed").asInt(), out);
        assertEquals(LeakyShop.LEAKS, leak.path("peakSockets").asInt());
        assertEquals(0, leak.path("sockets").asInt());
        assertEquals(
                "LeakyShop.java:" + lineOf("leak")
                        + " constructed 20 Jedis, 20 never closed: use try-with-resources or a pool",
                leak.path("advice").asText());

        assertEquals(1, site("closed").path("closed").asInt());
        assertTrue(site("closed").path("advice").isNull());
        assertEquals("JedisPool", site("pool").path("clients").asText());
        assertEquals(1, site("pool").path("constructed").asInt(), "its members are its own");
        assertEquals(1, site("pool").path("closed").asInt());
        assertEquals(1, site("pool").path("peakSockets").asInt(), "whoever borrows");
        assertEquals(4, report.path("sites").size(), report.toString());
    }

    @Test
    void theForecastSaysWhatSharingWouldSave() {
        assertEquals(1, report.path("forecast").path("sharedSockets").asInt());
        assertEquals(22, report.path("forecast").path("savedConnects").asInt());
    }

    @Test
    void tooManyUnclosedClientsChangeTheStatus() {
        assertEquals(FAILED, status, out + err);
        assertTrue(
                err.contains("redoubt-agent: FAILED: 20 Redis clients were never closed; report.fail-over allows 19"),
                err);
    }

    @Test
    void theProxyShowsTheReport() throws Exception {
        JsonNode shown = new ObjectMapper()
                .readTree(get("/agent/report"))
                .path("reports")
                .path(0);

        assertTrue(shown.path("final").asBoolean(), shown.toString());
        assertEquals(report.path("sites"), shown.path("sites"));
        assertEquals(report.path("totals"), shown.path("totals"));
        assertTrue(get("/agent/report.txt").contains("LeakyShop.java:" + lineOf("leak") + " constructed 20 Jedis"));
        assertTrue(get("/metrics").contains("redoubt_agent_reporters 0.0"), "it has said goodbye");
    }

    @Test
    void clientListNamesTheLinesWhereTheApplicationNamedNobody() throws IOException {
        List<String> names = out.lines()
                .filter(line -> line.contains(" name="))
                .map(line -> line.replaceAll(".* name=(\\S*).*", "$1"))
                .toList();

        assertEquals(
                2L * LeakyShop.LEAKS,
                names.stream()
                        .filter(("LeakyShop.java:" + lineOf("leak"))::equals)
                        .count(),
                out);
        assertTrue(names.contains("LeakyShop.java:" + lineOf("closed")), out);
        assertTrue(names.contains("LeakyShop.java:" + lineOf("pool")), out);
        assertTrue(names.contains("own-name"), out);
    }

    @Test
    void theBeanIsThereOnceTheApplicationHasAServerForIt() {
        assertTrue(out.contains("bean constructed 23"), out);
        assertTrue(out.contains("redoubt-agent: Redis clients of "), out);
    }

    private static JsonNode site(String marker) throws IOException {
        String name = "(LeakyShop.java:" + lineOf(marker) + ")";
        return StreamSupport.stream(report.path("sites").spliterator(), false)
                .filter(site -> site.path("site").asText().endsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + report));
    }

    private static int lineOf(String marker) throws IOException {
        List<String> lines = Files.readAllLines(
                Path.of("src/test/java", LeakyShop.class.getName().replace('.', '/') + ".java"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// " + marker)) {
                return i + 1;
            }
        }
        throw new AssertionError("no line is marked " + marker);
    }

    private static String get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + proxy.adminPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
