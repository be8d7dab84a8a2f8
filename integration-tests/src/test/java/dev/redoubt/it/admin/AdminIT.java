package dev.redoubt.it.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.admin.AdminPages;
import dev.redoubt.proxy.admin.AdminServer;
import dev.redoubt.proxy.log.LevelSwitch;
import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.status.Gauges;
import dev.redoubt.proxy.status.ProxyState;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.time.Clock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health and metrics over HTTP, in front of a status that the test makes up. */
class AdminIT {
    private static final ProxyStatus UP = new ProxyStatus(
            ProxyState.UP,
            1_700_000_000_000L,
            "localhost:6379",
            true,
            null,
            OptionalLong.of(200),
            "7.0.15",
            "abc",
            new Counters(),
            new Gauges(),
            List.of(),
            List.of());

    private final HttpClient client = HttpClient.newHttpClient();
    private volatile CompletableFuture<ProxyStatus> snapshot = CompletableFuture.completedFuture(UP);
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        AdminPages pages = pages("1.2.3");
        server = AdminServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pages);
    }

    private AdminPages pages(String version) {
        return new AdminPages(() -> snapshot, true, version, Duration.ofMillis(50), Clock.SYSTEM, new LevelSwitch());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void healthIsJson() throws Exception {
        HttpResponse<String> response = call("GET", "/health");

        assertEquals(200, response.statusCode());
        assertEquals("application/json; charset=utf-8", header(response, "content-type"));
        assertTrue(response.body().contains("\"redis\":{\"status\":\"ok\",\"connected\":true"), response.body());
    }

    @Test
    void silentLaneAnswers503InTime() throws Exception {
        snapshot = new CompletableFuture<>();

        HttpResponse<String> response = call("GET", "/health");

        assertEquals(503, response.statusCode());
        assertTrue(response.body().contains("lane does not answer"), response.body());
    }

    @Test
    void metricsAreText() throws Exception {
        HttpResponse<String> response = call("GET", "/metrics?name=all");

        assertEquals(200, response.statusCode());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", header(response, "content-type"));
        assertTrue(response.body().contains("redoubt_upstream_connected 1.0"), response.body());
    }

    @Test
    void headHasNoBody() throws Exception {
        HttpResponse<String> response = call("HEAD", "/health");

        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
    }

    @Test
    void unknownPathAndWrongMethodAreToldApart() throws Exception {
        assertEquals(404, call("GET", "/health/more").statusCode());

        HttpResponse<String> refused = call("POST", "/health");
        assertEquals(405, refused.statusCode());
        assertEquals("GET, HEAD", header(refused, "allow"));
    }

    @Test
    void portInUseIsABindException() {
        AdminPages pages = pages("1");

        assertThrows(BindException.class, () -> AdminServer.start(server.address(), pages));
    }

    @Test
    void itsThreadsKeepNoProcessAlive() throws Exception {
        call("GET", "/health");

        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("redoubt-admin")
                        || thread.getName().equals("HTTP-Dispatcher"))
                .allMatch(Thread::isDaemon));
    }

    private HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
