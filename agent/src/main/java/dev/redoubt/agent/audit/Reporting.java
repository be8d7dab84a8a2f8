package dev.redoubt.agent.audit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes reports of what the audit knows, and brings them where they are wanted. Thread-safe. */
final class Reporting {
    private final Audit audit;
    private final Self self;
    private final Ticker ticker;
    private final boolean hasForecast;
    private final ReportSink sink;
    private final @Nullable ProxySender sender;

    Reporting(
            Audit audit, Self self, Ticker ticker, boolean hasForecast, ReportSink sink, @Nullable ProxySender sender) {
        this.audit = audit;
        this.self = self;
        this.ticker = ticker;
        this.hasForecast = hasForecast;
        this.sink = sink;
        this.sender = sender;
    }

    Self self() {
        return self;
    }

    Report report(boolean isFinal) {
        return new Report(self, audit.findings(), ticker.epochMillis(), isFinal, hasForecast);
    }

    void write(boolean isFinal) {
        sink.write(report(isFinal));
    }

    /** Whether there is a proxy that it may be sent to at all. */
    boolean hasProxy() {
        return sender != null;
    }

    /** Whether the proxy took it. */
    boolean send(boolean isFinal, int timeoutMillis) {
        ProxySender to = sender;
        try {
            return to != null && to.send(JsonReport.forProxy(report(isFinal)), timeoutMillis);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
