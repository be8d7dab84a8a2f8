package dev.redoubt.proxy.admin;

import dev.redoubt.proxy.agentreport.Reporters;
import dev.redoubt.proxy.log.LevelSwitch;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.status.StatusSource;
import dev.redoubt.proxy.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** What each path answers, without a socket. Thread-safe. */
public final class AdminPages {
    private static final String INDEX = "Redoubt\n\n/health      state and Redis, as JSON\n/metrics     Prometheus\n"
            + "/conflicts   writes that memory acknowledged and Redis did not take, as JSON\n"
            + "/log-level   what is logged; PUT changes it\n"
            + "/agent/report      what Java agents tell of their applications, as JSON; /agent/report.txt to be read\n";
    private static final Map<String, String> ALLOW = Map.of("Allow", "GET, HEAD");

    private final StatusSource source;
    private final Duration patience;
    private final HealthReport health;
    private final Metrics metrics;
    private final LogLevelPage logLevel;
    private final AgentReportPage agentReport;

    /**
     * @param redisIsOptional whether the proxy can answer without Redis
     * @param patience how long the lane may take to give a snapshot
     */
    public AdminPages(
            StatusSource source,
            boolean redisIsOptional,
            String version,
            Duration patience,
            Clock clock,
            LevelSwitch level) {
        this.source = source;
        this.patience = patience;
        this.health = new HealthReport(redisIsOptional, version);
        Reporters reporters = new Reporters(clock);
        this.metrics = new Metrics(version, clock, reporters);
        this.logLevel = new LogLevelPage(level);
        this.agentReport = new AgentReportPage(reporters, clock);
    }

    AdminResponse answer(AdminRequest request) {
        return switch (request.path()) {
            case "/" -> read(request, () -> new AdminResponse(200, AdminResponse.TEXT, INDEX));
            case "/health" -> read(request, this::health);
            case "/metrics" ->
                read(request, () -> new AdminResponse(200, AdminResponse.METRICS, metrics.scrape(snapshot())));
            case "/conflicts" -> read(request, this::conflicts);
            case LogLevelPage.PATH -> logLevel.answer(request);
            case AgentReportPage.PATH -> agentReport.answer(request);
            case AgentReportPage.TEXT_PATH -> read(request, agentReport::text);
            default -> new AdminResponse(404, AdminResponse.TEXT, "nothing here; see / for what there is\n");
        };
    }

    private static AdminResponse read(AdminRequest request, Supplier<AdminResponse> page) {
        return request.isRead() ? page.get() : new AdminResponse(405, AdminResponse.TEXT, ALLOW, "only GET and HEAD\n");
    }

    private AdminResponse health() {
        Optional<ProxyStatus> status = snapshot();
        return status.isPresent()
                ? new AdminResponse(200, AdminResponse.JSON, health.of(status.get()))
                : new AdminResponse(503, AdminResponse.JSON, health.ofSilentLane());
    }

    private AdminResponse conflicts() {
        Optional<ProxyStatus> status = snapshot();
        return status.isPresent()
                ? new AdminResponse(200, AdminResponse.JSON, health.ofConflicts(status.get()))
                : new AdminResponse(503, AdminResponse.JSON, health.ofSilentLane());
    }

    /** Empty if the lane does not answer in time. */
    private Optional<ProxyStatus> snapshot() {
        try {
            return Optional.of(source.snapshot().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
