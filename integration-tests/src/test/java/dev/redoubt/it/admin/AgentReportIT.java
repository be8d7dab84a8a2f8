package dev.redoubt.it.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.admin.AdminPages;
import dev.redoubt.proxy.admin.AdminServer;
import dev.redoubt.proxy.log.LevelSwitch;
import dev.redoubt.proxy.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent's report goes over HTTP to the proxy's admin address, and can be read there. */
class AgentReportIT {
    private static final int MAX_BYTES = 64 * 1024;
    private static final String REPORT = """
            {"schema":1,"reporter":"a","process":"4242 legacy.jar","agent":"1.2.3","java":"17.0.9",
            "mode":"observe","startedAt":1700000000000,"writtenAt":1700000060000,"final":false,
            "totals":{"constructed":1,"closed":0,"collectedUnclosed":0,"live":1,
            "opened":1,"sockets":1,"peakSockets":1},
            "sites":[],"sitesLeftOut":0,"notes":["\u00e4"]}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        AdminPages pages = new AdminPages(
                CompletableFuture::new, true, "1.2.3", Duration.ofMillis(50), Clock.SYSTEM, new LevelSwitch());
        server = AdminServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pages);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsPostedCanBeRead() throws Exception {
        assertEquals(200, post(REPORT).statusCode());

        assertTrue(get("/agent/report").contains("\"process\":\"4242 legacy.jar\""));
        assertTrue(get("/agent/report.txt").startsWith("4242 legacy.jar: Java 17.0.9"));
        assertTrue(get("/agent/report.txt").contains("note: \u00e4"));
        assertTrue(get("/metrics").contains("redoubt_agent_reporters 1.0"));
    }

    @Test
    void largestReportIsTakenAndALargerOneRefused() throws Exception {
        String largest = REPORT + " ".repeat(MAX_BYTES - REPORT.getBytes(StandardCharsets.UTF_8).length);

        assertEquals(200, post(largest).statusCode());
        assertEquals(413, post(largest + " ").statusCode());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/agent/report"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
