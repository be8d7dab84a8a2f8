package dev.redoubt.it.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/** The figures of a sample that are compared, and how each is written. */
enum Metric {
    RATE("commands/s", "%,.0f"),
    P50("p50 ms", "%.3f"),
    P99("p99 ms", "%.3f"),
    PROXY_CPU("proxy µs/cmd", "%.2f"),
    REDIS_CPU("Redis µs/cmd", "%.2f");

    private final String title;
    private final String format;

    Metric(String title, String format) {
        this.title = title;
        this.format = format;
    }

    String title() {
        return title;
    }

    String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** Empty where the endpoint has no such figure: Redis itself has no proxy. */
    OptionalDouble of(Sample sample) {
        return switch (this) {
            case RATE -> OptionalDouble.of(sample.load().commandsPerSecond());
            case P50 -> OptionalDouble.of(sample.load().p50Millis());
            case P99 -> OptionalDouble.of(sample.load().p99Millis());
            case PROXY_CPU -> sample.proxyMicros();
            case REDIS_CPU -> OptionalDouble.of(sample.redisMicros());
        };
    }
}
