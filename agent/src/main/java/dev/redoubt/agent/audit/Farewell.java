package dev.redoubt.agent.audit;

/**
 * What happens when the JVM ends: the last report, to wherever it is wanted, and with {@code report.fail-over} the JVM's status. A
 * shutdown hook. It waits for the proxy for a second and a half at most.
 */
final class Farewell implements Runnable {
    /** Not one that programs or shells use. */
    static final int STATUS = 86;

    private static final int SEND_TIMEOUT_MILLIS = 500;

    private final Reporting reporting;
    private final boolean isWritten;
    private final long failOver;
    private final Voice voice;
    private final Exit exit;

    /** Ends the JVM with a status, when everybody else is ready for that. */
    interface Exit {
        void end(int status);
    }

    /**
     * @param isWritten whether there is a last report
     * @param failOver more clients than these that were never closed change the status; negative: none do
     */
    Farewell(Reporting reporting, boolean isWritten, long failOver, Voice voice, Exit exit) {
        this.reporting = reporting;
        this.isWritten = isWritten;
        this.failOver = failOver;
        this.voice = voice;
        this.exit = exit;
    }

    @Override
    public void run() {
        if (isWritten) {
            reporting.write(true);
        }
        reporting.send(true, SEND_TIMEOUT_MILLIS);
        long unclosed = reporting.report(true).findings.totals.unclosed();
        if (failOver >= 0 && unclosed > failOver) {
            voice.say("FAILED: " + unclosed + " Redis clients were never closed; report.fail-over allows " + failOver
                    + ". The JVM ends with status " + STATUS);
            exit.end(STATUS);
        }
    }
}
