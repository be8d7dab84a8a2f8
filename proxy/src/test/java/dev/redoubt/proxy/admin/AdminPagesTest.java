package dev.redoubt.proxy.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.agentreport.Reports;
import dev.redoubt.proxy.log.LevelSwitch;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Gauge;
import dev.redoubt.proxy.status.ProxyState;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.status.StatusSource;
import dev.redoubt.proxy.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminPagesTest {
    private static final Clock TEN_SECONDS_LATER = new Clock() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long epochMillis() {
            return Statuses.SINCE_EPOCH_MILLIS + 10_000;
        }
    };

    private CompletableFuture<ProxyStatus> snapshot = CompletableFuture.completedFuture(Statuses.up());
    private final AdminPages pages = pages(() -> snapshot);

    private static AdminPages pages(StatusSource source) {
        return new AdminPages(source, true, "1.2.3", Duration.ofMillis(1), TEN_SECONDS_LATER, new LevelSwitch());
    }

    @Test
    void healthOfAConnectedProxy() {
        AdminResponse response = pages.answer(AdminRequest.get("/health"));

        assertEquals(200, response.status());
        assertEquals(
                "{\"status\":\"ok\",\"state\":\"up\",\"since\":\"2023-11-14T22:13:20Z\",\"version\":\"1.2.3\","
                        + "\"services\":{\"redis\":{\"status\":\"ok\",\"connected\":true,\"responseTime\":0.215,"
                        + "\"error\":null,\"optional\":true,\"fallbackMode\":\"none\",\"address\":\"localhost:6379\","
                        + "\"version\":\"7.0.15\",\"everConnected\":true,\"since\":\"2023-11-14T22:13:20Z\"}},"
                        + "\"leases\":{\"held\":3,\"max\":256,\"oldest\":["
                        + "{\"client\":12,\"reason\":\"blocking\",\"seconds\":61.5},"
                        + "{\"client\":7,\"reason\":\"watch\",\"seconds\":0.25},"
                        + "{\"client\":9,\"reason\":\"blocking\",\"seconds\":0.1}]}}\n",
                response.body());
    }

    @Test
    void healthWithoutRedisSaysWhyAndWhoAnswers() {
        snapshot = CompletableFuture.completedFuture(Statuses.neverUp(ProxyState.FALLBACK));

        AdminResponse response = pages.answer(AdminRequest.get("/health"));

        assertEquals(200, response.status(), "it serves, so nobody should restart it");
        assertTrue(response.body().startsWith("{\"status\":\"degraded\",\"state\":\"fallback\""), response.body());
        assertTrue(response.body().contains("\"error\":\"refused \\\"twice\\\"\""), response.body());
        assertTrue(response.body().contains("\"fallbackMode\":\"memory\""), response.body());
        assertTrue(response.body().contains("\"responseTime\":null"), response.body());
    }

    @ParameterizedTest
    @CsvSource({
        "MEMORY_ONLY, ok,       disabled, memory",
        "CONNECTING,  degraded, down,     none",
        "HOLDING,     degraded, down,     none",
        "FALLBACK,    degraded, down,     memory",
    })
    void everyStateHasItsHealth(ProxyState state, String overall, String redis, String fallbackMode) {
        snapshot = CompletableFuture.completedFuture(Statuses.neverUp(state));

        String body = pages.answer(AdminRequest.get("/health")).body();

        assertTrue(body.startsWith("{\"status\":\"" + overall + "\""), body);
        assertTrue(body.contains("\"redis\":{\"status\":\"" + redis + "\",\"connected\":false"), body);
        assertTrue(body.contains("\"fallbackMode\":\"" + fallbackMode + "\""), body);
    }

    @Test
    void silentLaneIsDown() {
        snapshot = new CompletableFuture<>();

        AdminResponse response = pages.answer(AdminRequest.get("/health"));

        assertEquals(503, response.status());
        assertEquals(
                "{\"status\":\"down\",\"reason\":\"lane does not answer\",\"version\":\"1.2.3\"}\n", response.body());
    }

    @ParameterizedTest
    @EnumSource(Counter.class)
    void everyCounterIsAMetric(Counter counter) {
        String metrics = pages.answer(AdminRequest.get("/metrics")).body();

        assertTrue(metrics.contains("\nredoubt_" + counter.metricName() + "_total "), metrics);
    }

    @ParameterizedTest
    @EnumSource(Gauge.class)
    void everyGaugeIsAMetric(Gauge gauge) {
        String metrics = pages.answer(AdminRequest.get("/metrics")).body();

        assertTrue(metrics.contains("\nredoubt_" + gauge.metricName() + " "), metrics);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redoubt_commands_total 42.0",
                "redoubt_clients 7.0",
                "redoubt_state{state=\"up\"} 1.0",
                "redoubt_state{state=\"fallback\"} 0.0",
                "redoubt_state_seconds 10.0",
                "redoubt_upstream_connected 1.0",
                "redoubt_upstream_response_seconds 2.15E-4",
                "redoubt_lane_answers 1.0",
                "redoubt_build{version=\"1.2.3\"} 1.0",
                "redoubt_agent_reporters 0.0",
                "redoubt_agent_reports_total 0.0",
                "jvm_memory_used_bytes{",
                "jvm_threads_live_threads ",
            })
    void metricsAreInPrometheusForm(String line) {
        String metrics = pages.answer(AdminRequest.get("/metrics")).body();

        assertTrue(metrics.lines().anyMatch(candidate -> candidate.startsWith(line)), metrics);
    }

    @Test
    void whoReportedIsAMetric() {
        pages.answer(
                new AdminRequest("POST", AgentReportPage.PATH, "application/json", Reports.json("a"), false, true));

        String metrics = pages.answer(AdminRequest.get("/metrics")).body();

        assertTrue(metrics.contains("redoubt_agent_reporters 1.0"), metrics);
        assertTrue(metrics.contains("redoubt_agent_reports_total 1.0"), metrics);
    }

    @Test
    void metricsOfASilentLaneAreTheLastKnown() {
        pages.answer(AdminRequest.get("/metrics"));
        snapshot = new CompletableFuture<>();

        String metrics = pages.answer(AdminRequest.get("/metrics")).body();

        assertTrue(metrics.contains("redoubt_commands_total 42.0"), metrics);
        assertTrue(metrics.contains("redoubt_lane_answers 0.0"), metrics);
    }

    @Test
    void metricsBeforeAnySnapshotInventNothing() {
        snapshot = new CompletableFuture<>();

        String metrics = pages.answer(AdminRequest.get("/metrics")).body();

        assertTrue(metrics.contains("redoubt_clients NaN"), metrics);
        assertFalse(metrics.contains("redoubt_state{state=\"up\"} 1.0"), metrics);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /log-level, 200",
        "HEAD, /health, 200",
        "GET, /agent/report, 200",
        "HEAD, /agent/report.txt, 200",
        "POST, /agent/report.txt, 405",
        "GET, /agent, 404",
        "GET, /healthz, 404",
        "POST, /nothing, 404",
        "POST, /health, 405",
        "DELETE, /metrics, 405",
    })
    void pathAndMethodDecideTheStatus(String method, String path, int status) {
        assertEquals(
                status, pages.answer(new AdminRequest(method, path, "", true)).status());
    }

    @Test
    void refusedMethodSaysWhichAreAllowed() {
        assertEquals(
                "GET, HEAD",
                pages.answer(new AdminRequest("POST", "/health", "", true))
                        .headers()
                        .get("Allow"));
    }
}
