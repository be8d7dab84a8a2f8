package dev.redoubt.proxy.agentreport;

import org.jspecify.annotations.Nullable;

/** Reads and checks what an agent sends (docs/agent-audit.md has the form). Pure. */
public final class ReportReader {
    /** A longer report is not taken; an agent leaves call sites out until it fits. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int SCHEMA = 1;
    private static final int MAX_SITES = 200;
    private static final int MAX_NOTES = 50;

    private ReportReader() {}

    /** @throws BadReport if it is no JSON, or not of the form */
    public static AgentReport read(String json) throws BadReport {
        Fields report = new Fields("", JsonTree.object(json));
        if (report.count("schema") != SCHEMA) {
            throw new BadReport("schema must be " + SCHEMA + ": take an agent of the proxy's version");
        }
        return new AgentReport(
                report.text("reporter"),
                report.text("process"),
                report.text("agent"),
                report.text("java"),
                report.text("mode"),
                report.count("startedAt"),
                report.count("writtenAt"),
                report.flag("final"),
                counts(report.object("totals")),
                report.objects("sites", MAX_SITES, ReportReader::site),
                report.count("sitesLeftOut"),
                forecast(report.objectOrNull("forecast")),
                report.texts("notes", MAX_NOTES));
    }

    private static CallSite site(Fields site) throws BadReport {
        return new CallSite(
                site.text("site"),
                site.text("clients"),
                site.textOrNull("endpoint"),
                counts(site),
                site.numberOrNull("meanLifeMillis"),
                site.textOrNull("advice"));
    }

    private static Counts counts(Fields from) throws BadReport {
        return new Counts(
                from.count("constructed"),
                from.count("closed"),
                from.count("collectedUnclosed"),
                from.count("live"),
                from.count("opened"),
                from.count("sockets"),
                from.count("peakSockets"));
    }

    private static @Nullable Forecast forecast(@Nullable Fields from) throws BadReport {
        return from == null
                ? null
                : new Forecast(from.count("peakSockets"), from.count("sharedSockets"), from.count("savedConnects"));
    }
}
