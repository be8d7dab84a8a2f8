package dev.redoubt.proxy.admin;

import dev.redoubt.proxy.agentreport.AgentReport;
import dev.redoubt.proxy.agentreport.CallSite;
import dev.redoubt.proxy.agentreport.Counts;
import dev.redoubt.proxy.agentreport.Forecast;
import dev.redoubt.proxy.agentreport.Heard;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What agents reported, for people. Pure. */
final class AgentReportText {
    private AgentReportText() {}

    static String of(List<Heard> reports, long nowNanos) {
        if (reports.isEmpty()) {
            return "No Java agent has reported to this proxy.\n";
        }
        StringBuilder out = new StringBuilder();
        for (Heard heard : reports) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nowNanos - heard.atNanos());
            report(out, heard.report(), seconds);
        }
        return out.toString();
    }

    private static void report(StringBuilder out, AgentReport report, long secondsAgo) {
        line(
                out,
                "%s: Java %s, agent %s, mode %s, heard of %,d s ago%s",
                report.process(),
                report.javaVersion(),
                report.agentVersion(),
                report.mode(),
                secondsAgo,
                report.isFinal() ? " for the last time" : "");
        counts(out, "  ", report.totals());
        for (CallSite site : report.sites()) {
            site(out, site);
        }
        if (report.sitesLeftOut() > 0) {
            line(out, "  and %,d call sites more", report.sitesLeftOut());
        }
        forecast(out, report.forecast());
        for (String note : report.notes()) {
            line(out, "  note: %s", note);
        }
        out.append('\n');
    }

    private static void site(StringBuilder out, CallSite site) {
        line(out, "  %s", site.site());
        line(out, "    %s to %s", site.clients(), site.endpoint() == null ? "nowhere yet" : site.endpoint());
        counts(out, "    ", site.counts());
        if (site.meanLifeMillis() != null) {
            line(out, "    mean life %,.3f s", site.meanLifeMillis() / 1e3);
        }
        if (site.advice() != null) {
            line(out, "    -> %s", site.advice());
        }
    }

    private static void counts(StringBuilder out, String indent, Counts counts) {
        line(
                out,
                indent
                        + "constructed %,d, closed %,d, collected unclosed %,d, live %,d; sockets: opened %,d, now %,d, at most %,d at once",
                counts.constructed(),
                counts.closed(),
                counts.collectedUnclosed(),
                counts.live(),
                counts.opened(),
                counts.sockets(),
                counts.peakSockets());
    }

    private static void forecast(StringBuilder out, @Nullable Forecast forecast) {
        if (forecast != null) {
            line(
                    out,
                    "  sharing inside the JVM: about %,d sockets instead of %,d, and %,d connects less",
                    forecast.sharedSockets(),
                    forecast.peakSockets(),
                    forecast.savedConnects());
        }
    }

    private static void line(StringBuilder out, String format, @Nullable Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
