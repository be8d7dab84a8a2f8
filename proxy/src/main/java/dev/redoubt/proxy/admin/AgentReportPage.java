package dev.redoubt.proxy.admin;

import dev.redoubt.proxy.agentreport.AgentReport;
import dev.redoubt.proxy.agentreport.BadReport;
import dev.redoubt.proxy.agentreport.ReportReader;
import dev.redoubt.proxy.agentreport.Reporters;
import dev.redoubt.proxy.time.Clock;
import java.util.Map;

/**
 * {@code /agent/report}: a Java agent's POST leaves what it has seen, GET shows what all of them left, as JSON or to be read.
 * Thread-safe.
 */
final class AgentReportPage {
    static final String PATH = "/agent/report";
    static final String TEXT_PATH = "/agent/report.txt";

    /** A page in a browser may send anything to this machine without asking, but not with this. */
    private static final String JSON = "application/json";

    private final Reporters reporters;
    private final Clock clock;

    AgentReportPage(Reporters reporters, Clock clock) {
        this.reporters = reporters;
        this.clock = clock;
    }

    AdminResponse answer(AdminRequest request) {
        if (request.isRead()) {
            return new AdminResponse(200, AdminResponse.JSON, AgentReportJson.of(reporters.all(), clock.nanoTime()));
        }
        if (!request.method().equals("POST")) {
            return new AdminResponse(
                    405, AdminResponse.TEXT, Map.of("Allow", "GET, HEAD, POST"), "only GET and POST\n");
        }
        return post(request);
    }

    AdminResponse text() {
        return new AdminResponse(200, AdminResponse.TEXT, AgentReportText.of(reporters.all(), clock.nanoTime()));
    }

    private AdminResponse post(AdminRequest request) {
        if (!request.isFromHere()) {
            return refused(403, "only from the machine that the proxy runs on");
        }
        if (!request.contentType().startsWith(JSON)) {
            return refused(415, "the body must be of type " + JSON);
        }
        if (!reporters.mayReport()) {
            return new AdminResponse(
                    429, AdminResponse.TEXT, Map.of("Retry-After", "60"), "too many reports; try again in a minute\n");
        }
        if (request.isCutOff()) {
            return refused(413, "a report may have " + ReportReader.MAX_BYTES + " bytes");
        }
        return take(request.body());
    }

    private AdminResponse take(String body) {
        AgentReport report;
        try {
            report = ReportReader.read(body);
        } catch (BadReport e) {
            return refused(400, String.valueOf(e.getMessage()));
        }
        return reporters.take(report)
                ? new AdminResponse(200, AdminResponse.TEXT, "taken\n")
                : refused(503, "too many JVMs report to this proxy already");
    }

    private static AdminResponse refused(int status, String why) {
        return new AdminResponse(status, AdminResponse.TEXT, why + "\n");
    }
}
