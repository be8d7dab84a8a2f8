package dev.redoubt.agent.audit;

/** A report for people. Pure. */
final class TextReport {
    private static final int MAX_SITES = 50;

    private TextReport() {}

    static String of(Report report) {
        StringBuilder out = new StringBuilder("redoubt-agent: Redis clients of ");
        out.append(report.self.process).append(", mode ").append(report.self.mode);
        out.append(report.isFinal ? ", at its end\n" : ", so far\n");
        counts(out, "  ", report.findings.totals);
        int shown = 0;
        for (SiteReport site : report.findings.sites) {
            if (++shown > MAX_SITES) {
                int more = report.findings.sites.size() - MAX_SITES;
                out.append("  and ").append(more).append(" call sites more\n");
                break;
            }
            site(out, site);
        }
        forecast(out, report);
        for (String note : report.notes) {
            out.append("  note: ").append(note).append('\n');
        }
        return out.toString();
    }

    private static void site(StringBuilder out, SiteReport site) {
        out.append("  ")
                .append(site.site.where())
                .append("\n    ")
                .append(site.kinds)
                .append(" to ");
        out.append(site.endpoints.isEmpty() ? "nowhere yet" : site.endpoints).append('\n');
        counts(out, "    ", site.counts);
        if (!Double.isNaN(site.meanLifeMillis)) {
            out.append("    mean life ")
                    .append(Numbers.seconds(site.meanLifeMillis))
                    .append(" s\n");
        }
        String advice = Advice.on(site);
        if (advice != null) {
            out.append("    -> ").append(advice).append('\n');
        }
    }

    private static void counts(StringBuilder out, String indent, Counts counts) {
        out.append(indent).append("constructed ").append(Numbers.grouped(counts.constructed));
        out.append(", closed ").append(Numbers.grouped(counts.closed));
        out.append(", collected unclosed ").append(Numbers.grouped(counts.collected));
        out.append(", live ").append(Numbers.grouped(counts.live));
        out.append("; sockets: opened ").append(Numbers.grouped(counts.opened));
        out.append(", now ").append(Numbers.grouped(counts.sockets));
        out.append(", at most ").append(Numbers.grouped(counts.peakSockets)).append(" at once\n");
    }

    private static void forecast(StringBuilder out, Report report) {
        if (report.hasForecast) {
            out.append("  sharing inside the JVM: about ").append(Numbers.grouped(report.sharedSockets()));
            out.append(" sockets instead of ").append(Numbers.grouped(report.findings.totals.peakSockets));
            out.append(", and ").append(Numbers.grouped(report.savedConnects())).append(" connects less\n");
        }
    }
}
