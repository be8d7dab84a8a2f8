package dev.redoubt.agent.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A report as JSON, in the form that the proxy takes (docs/agent-audit.md). Pure. */
final class JsonReport {
    /** What the proxy takes, in bytes and in call sites. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_SITES = 200;
    private static final int SCHEMA = 1;

    private JsonReport() {}

    /** With every call site. */
    static String of(Report report) {
        return with(report, report.findings.sites.size());
    }

    /** With as many call sites as the proxy takes. */
    static byte[] forProxy(Report report) {
        int sites = Math.min(MAX_SITES, report.findings.sites.size());
        byte[] bytes = bytes(report, sites);
        while (bytes.length > MAX_BYTES) {
            sites /= 2;
            bytes = bytes(report, sites);
        }
        return bytes;
    }

    private static byte[] bytes(Report report, int sites) {
        return with(report, sites).getBytes(StandardCharsets.UTF_8);
    }

    private static String with(Report report, int sites) {
        List<SiteReport> all = report.findings.sites;
        Json json = new Json().begin('{');
        json.name("schema").number(SCHEMA);
        self(json, report);
        json.name("totals").begin('{');
        counts(json, report.findings.totals);
        json.end('}').name("sites").begin('[');
        for (SiteReport site : all.subList(0, sites)) {
            site(json, site);
        }
        json.end(']').name("sitesLeftOut").number(all.size() - sites);
        forecast(json, report);
        json.name("notes").begin('[');
        for (String note : report.notes) {
            json.text(note);
        }
        return json.end(']').end('}').toString();
    }

    private static void self(Json json, Report report) {
        json.name("reporter").text(report.self.reporter);
        json.name("process").text(report.self.process);
        json.name("agent").text(report.self.agentVersion);
        json.name("java").text(report.self.javaVersion);
        json.name("mode").text(report.self.mode);
        json.name("startedAt").number(report.self.startedAtMillis);
        json.name("writtenAt").number(report.writtenAtMillis);
        json.name("final").flag(report.isFinal);
    }

    private static void site(Json json, SiteReport site) {
        json.begin('{').name("site").text(site.site.where());
        json.name("clients").text(site.kinds);
        json.name("endpoint").text(site.endpoints.isEmpty() ? null : site.endpoints);
        counts(json, site.counts);
        json.name("meanLifeMillis").number(site.meanLifeMillis);
        json.name("advice").text(Advice.on(site)).end('}');
    }

    private static void counts(Json json, Counts counts) {
        json.name("constructed").number(counts.constructed);
        json.name("closed").number(counts.closed);
        json.name("collectedUnclosed").number(counts.collected);
        json.name("live").number(counts.live);
        json.name("opened").number(counts.opened);
        json.name("sockets").number(counts.sockets);
        json.name("peakSockets").number(counts.peakSockets);
    }

    private static void forecast(Json json, Report report) {
        if (report.hasForecast) {
            json.name("forecast").begin('{');
            json.name("peakSockets").number(report.findings.totals.peakSockets);
            json.name("sharedSockets").number(report.sharedSockets());
            json.name("savedConnects").number(report.savedConnects()).end('}');
        }
    }
}
