package dev.redoubt.agent.audit;

import java.io.File;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the agent's own thread does every second while the application runs: look after what the garbage collector found, and report when
 * that is due. Confined to that thread; nothing here runs on the application's.
 */
final class ReportLoop implements Runnable {
    private static final long TICK_MILLIS = 1_000;
    private static final int SEND_TIMEOUT_MILLIS = 2_000;

    private final Audit audit;
    private final Reporting reporting;
    private final BeanDesk beans;
    private final Ticker ticker;
    private final long intervalNanos;
    private final @Nullable File request;
    private final Runnable look;
    private final SendSchedule sending;
    private long nextReportNanos;

    /**
     * @param intervalMillis how often to write a report; 0 for never
     * @param request a file that asks for a report by being there, and is deleted when that is written; null for none
     * @param look what else is to be done every second
     */
    ReportLoop(
            Audit audit,
            Reporting reporting,
            BeanDesk beans,
            Ticker ticker,
            long intervalMillis,
            @Nullable File request,
            Runnable look) {
        this.audit = audit;
        this.reporting = reporting;
        this.beans = beans;
        this.ticker = ticker;
        this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
        this.request = request;
        this.look = look;
        this.sending = new SendSchedule(ticker.nanos());
        this.nextReportNanos = ticker.nanos() + intervalNanos;
    }

    @Override
    public void run() {
        try {
            while (true) {
                tickOrNot();
                Thread.sleep(TICK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What fails in one round may work in the next; there is nobody to be told. */
    private void tickOrNot() {
        try {
            tick();
        } catch (Throwable e) {
            // As above. An error may not reach the application's handler, which could end it.
        }
    }

    /** One round. */
    void tick() {
        look.run();
        audit.noticeCollected(Integer.MAX_VALUE);
        beans.registerIfThereIsAServer();
        if (isIntervalOver() || isRequested()) {
            reporting.write(false);
        }
        if (reporting.hasProxy() && sending.isDue(ticker.nanos())) {
            sending.sent(reporting.send(false, SEND_TIMEOUT_MILLIS), ticker.nanos());
        }
    }

    private boolean isIntervalOver() {
        long now = ticker.nanos();
        boolean isOver = intervalNanos > 0 && now - nextReportNanos >= 0;
        if (isOver) {
            nextReportNanos = now + intervalNanos;
        }
        return isOver;
    }

    /** A request that cannot be taken away would be answered every second: it is not one. */
    private boolean isRequested() {
        try {
            return request != null && request.isFile() && request.delete();
        } catch (RuntimeException e) {
            return false; // forbidden by a SecurityManager
        }
    }
}
