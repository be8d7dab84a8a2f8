package dev.redoubt.agent.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is reported: the findings, and what belongs beside them. Immutable. */
final class Report {
    final Self self;
    final Findings findings;
    final long writtenAtMillis;
    final boolean isFinal;
    final boolean hasForecast;
    final List<String> notes;

    /**
     * @param isFinal whether the JVM is about to end
     * @param hasForecast whether to say what sharing would save
     */
    Report(Self self, Findings findings, long writtenAtMillis, boolean isFinal, boolean hasForecast) {
        this.self = self;
        this.findings = findings;
        this.writtenAtMillis = writtenAtMillis;
        this.isFinal = isFinal;
        this.hasForecast = hasForecast;
        this.notes = Collections.unmodifiableList(notes(findings));
    }

    private static List<String> notes(Findings findings) {
        List<String> notes = new ArrayList<>();
        if (findings.unfollowed > 0) {
            notes.add(Numbers.grouped(findings.unfollowed) + " objects were too many to follow (" + Limits.MAX_FOLLOWED
                    + " at a time): they are constructed, and neither closed, collected nor live");
        }
        return notes;
    }

    /** One shared connection for each endpoint would do, had nobody used WATCH, blocking commands or subscriptions. */
    long sharedSockets() {
        return Math.min(findings.endpoints, findings.totals.peakSockets);
    }

    long savedConnects() {
        return Math.max(0, findings.totals.opened - findings.endpoints);
    }
}
