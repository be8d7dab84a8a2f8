package dev.redoubt.proxy.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.redoubt.proxy.agentreport.AgentReport;
import dev.redoubt.proxy.agentreport.CallSite;
import dev.redoubt.proxy.agentreport.Counts;
import dev.redoubt.proxy.agentreport.Forecast;
import dev.redoubt.proxy.agentreport.Heard;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What agents reported, as JSON: each report in the form in which it was sent. Pure. */
final class AgentReportJson {
    private static final JsonFactory JSON = new JsonFactory();

    private AgentReportJson() {}

    static String of(List<Heard> reports, long nowNanos) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeArrayFieldStart("reports");
            for (Heard heard : reports) {
                out.writeStartObject();
                out.writeNumberField("heardSecondsAgo", TimeUnit.NANOSECONDS.toSeconds(nowNanos - heard.atNanos()));
                report(out, heard.report());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("into memory", e);
        }
        return text.append('\n').toString();
    }

    private static void report(JsonGenerator out, AgentReport report) throws IOException {
        out.writeStringField("reporter", report.reporter());
        out.writeStringField("process", report.process());
        out.writeStringField("agent", report.agentVersion());
        out.writeStringField("java", report.javaVersion());
        out.writeStringField("mode", report.mode());
        out.writeNumberField("startedAt", report.startedAtMillis());
        out.writeNumberField("writtenAt", report.writtenAtMillis());
        out.writeBooleanField("final", report.isFinal());
        out.writeObjectFieldStart("totals");
        counts(out, report.totals());
        out.writeEndObject();
        out.writeArrayFieldStart("sites");
        for (CallSite site : report.sites()) {
            site(out, site);
        }
        out.writeEndArray();
        out.writeNumberField("sitesLeftOut", report.sitesLeftOut());
        forecast(out, report.forecast());
        out.writeArrayFieldStart("notes");
        for (String note : report.notes()) {
            out.writeString(note);
        }
        out.writeEndArray();
    }

    private static void site(JsonGenerator out, CallSite site) throws IOException {
        out.writeStartObject();
        out.writeStringField("site", site.site());
        out.writeStringField("clients", site.clients());
        text(out, "endpoint", site.endpoint());
        counts(out, site.counts());
        Double life = site.meanLifeMillis();
        if (life == null) {
            out.writeNullField("meanLifeMillis");
        } else {
            out.writeNumberField("meanLifeMillis", life);
        }
        text(out, "advice", site.advice());
        out.writeEndObject();
    }

    private static void counts(JsonGenerator out, Counts counts) throws IOException {
        out.writeNumberField("constructed", counts.constructed());
        out.writeNumberField("closed", counts.closed());
        out.writeNumberField("collectedUnclosed", counts.collectedUnclosed());
        out.writeNumberField("live", counts.live());
        out.writeNumberField("opened", counts.opened());
        out.writeNumberField("sockets", counts.sockets());
        out.writeNumberField("peakSockets", counts.peakSockets());
    }

    private static void forecast(JsonGenerator out, @Nullable Forecast forecast) throws IOException {
        if (forecast == null) {
            return;
        }
        out.writeObjectFieldStart("forecast");
        out.writeNumberField("peakSockets", forecast.peakSockets());
        out.writeNumberField("sharedSockets", forecast.sharedSockets());
        out.writeNumberField("savedConnects", forecast.savedConnects());
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeStringField(name, value);
        }
    }
}
