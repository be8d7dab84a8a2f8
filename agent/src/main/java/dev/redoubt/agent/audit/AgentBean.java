package dev.redoubt.agent.audit;

/** Answers JMX from the audit. Thread-safe. */
final class AgentBean implements AgentMBean {
    private final Reporting reporting;

    AgentBean(Reporting reporting) {
        this.reporting = reporting;
    }

    @Override
    public long getConstructed() {
        return totals().constructed;
    }

    @Override
    public long getClosed() {
        return totals().closed;
    }

    @Override
    public long getCollectedUnclosed() {
        return totals().collected;
    }

    @Override
    public long getLive() {
        return totals().live;
    }

    @Override
    public long getSockets() {
        return totals().sockets;
    }

    @Override
    public long getPeakSockets() {
        return totals().peakSockets;
    }

    @Override
    public String report() {
        return TextReport.of(reporting.report(false));
    }

    @Override
    public String reportAsJson() {
        return JsonReport.of(reporting.report(false));
    }

    @Override
    public void writeReport() {
        reporting.write(false);
    }

    private Counts totals() {
        return reporting.report(false).findings.totals;
    }
}
