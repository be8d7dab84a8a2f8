package dev.redoubt.proxy.admin;

import dev.redoubt.proxy.agentreport.Reporters;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Gauge;
import dev.redoubt.proxy.status.LeaseHolder;
import dev.redoubt.proxy.status.LeaseReason;
import dev.redoubt.proxy.status.ProxyState;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.time.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Metrics in Prometheus's form, over the newest snapshot. The registry is made at the first scrape, so that who does not scrape
 * does not pay for it in memory or start-up time; pauses of the garbage collector are counted from then on. Thread-safe: scrapes
 * take turns.
 */
final class Metrics {
    private static final String PREFIX = "redoubt.";

    private final String version;
    private final Clock clock;
    private final Reporters reporters;
    private @Nullable PrometheusMeterRegistry registry;
    private @Nullable ProxyStatus newest;
    private boolean laneAnswers;

    Metrics(String version, Clock clock, Reporters reporters) {
        this.version = version;
        this.clock = clock;
        this.reporters = reporters;
    }

    /** With an empty snapshot the last one is given again, and {@code redoubt_lane_answers} is 0. */
    synchronized String scrape(Optional<ProxyStatus> snapshot) {
        snapshot.ifPresent(status -> newest = status);
        laneAnswers = snapshot.isPresent();
        if (registry == null) {
            registry = newRegistry();
        }
        return registry.scrape();
    }

    private PrometheusMeterRegistry newRegistry() {
        PrometheusMeterRegistry fresh = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        for (Counter counter : Counter.values()) {
            FunctionCounter.builder(
                            PREFIX + counter.metricName(),
                            this,
                            metrics -> metrics.value(s -> s.counters().get(counter), 0))
                    .description(counter.help())
                    .register(fresh);
        }
        for (Gauge gauge : Gauge.values()) {
            gauge(
                    fresh,
                    gauge.metricName(),
                    gauge.help(),
                    status -> status.gauges().get(gauge));
        }
        states(fresh);
        leases(fresh);
        agents(fresh);
        jvm(fresh);
        return fresh;
    }

    private void states(MeterRegistry fresh) {
        for (ProxyState state : ProxyState.values()) {
            gaugeBuilder("state", status -> status.state() == state ? 1 : 0)
                    .description("1 for the state that the proxy is in")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(fresh);
        }
        gauge(
                fresh,
                "state_seconds",
                "How long it has been in this state",
                status -> (clock.epochMillis() - status.sinceEpochMillis()) / 1e3);
        gauge(fresh, "upstream_connected", "Whether the upstream answers", status -> status.isConnected() ? 1 : 0);
        gauge(
                fresh,
                "upstream_response_seconds",
                "What the last probe of the upstream took",
                status -> status.responseTimeMicros().isPresent()
                        ? status.responseTimeMicros().getAsLong() / 1e6
                        : Double.NaN);
        io.micrometer.core.instrument.Gauge.builder(
                        PREFIX + "lane_answers", this, metrics -> metrics.laneAnswers ? 1 : 0)
                .description("Whether the lane gave a snapshot in time; the other values are old if not")
                .register(fresh);
        io.micrometer.core.instrument.Gauge.builder(PREFIX + "build", () -> 1)
                .description("The version that runs")
                .tag("version", version)
                .register(fresh);
    }

    /** Who holds them is in /health: a client's number is no label, as there is no end of them. */
    private void leases(MeterRegistry fresh) {
        for (LeaseReason reason : LeaseReason.values()) {
            gaugeBuilder("leases_held", status -> held(status, reason).count())
                    .description("Leased connections, by what they are held for")
                    .tag("reason", reason.word())
                    .register(fresh);
            gaugeBuilder(
                            "leases_held_longest_seconds",
                            status -> held(status, reason).max().orElse(0) / 1e3)
                    .description("How long the oldest of them has been held")
                    .tag("reason", reason.word())
                    .register(fresh);
        }
    }

    /** Their counts are in /agent/report: of call sites there is no end either. */
    private void agents(MeterRegistry fresh) {
        io.micrometer.core.instrument.Gauge.builder(PREFIX + "agent_reporters", reporters, Reporters::active)
                .description("JVMs whose Java agent reported within the last ten minutes, and did not say goodbye")
                .register(fresh);
        FunctionCounter.builder(PREFIX + "agent_reports", reporters, Reporters::taken)
                .description("Reports taken from Java agents")
                .register(fresh);
    }

    private static LongStream held(ProxyStatus status, LeaseReason reason) {
        return status.leases().stream()
                .filter(holder -> holder.reason() == reason)
                .mapToLong(LeaseHolder::heldMillis);
    }

    private void gauge(MeterRegistry fresh, String name, String help, ToDoubleFunction<ProxyStatus> read) {
        gaugeBuilder(name, read).description(help).register(fresh);
    }

    private io.micrometer.core.instrument.Gauge.Builder<Metrics> gaugeBuilder(
            String name, ToDoubleFunction<ProxyStatus> read) {
        return io.micrometer.core.instrument.Gauge.builder(
                PREFIX + name, this, metrics -> metrics.value(read, Double.NaN));
    }

    private double value(ToDoubleFunction<ProxyStatus> read, double unknown) {
        ProxyStatus status = newest;
        return status == null ? unknown : read.applyAsDouble(status);
    }

    /** The collector's binder lives as long as the process, so it is never closed. */
    @SuppressWarnings("resource")
    private static void jvm(MeterRegistry fresh) {
        new JvmMemoryMetrics().bindTo(fresh);
        new JvmGcMetrics().bindTo(fresh);
        new JvmThreadMetrics().bindTo(fresh);
        new ProcessorMetrics().bindTo(fresh);
        new UptimeMetrics().bindTo(fresh);
        new FileDescriptorMetrics().bindTo(fresh);
    }
}
