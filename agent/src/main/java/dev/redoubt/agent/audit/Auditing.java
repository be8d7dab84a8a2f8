package dev.redoubt.agent.audit;

import dev.redoubt.agent.observe.Observer;
import dev.redoubt.agent.option.Options;
import dev.redoubt.agent.option.Setting;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** Wires the audit and starts it. To be used once, when the application's first Redis client class is seen. */
public final class Auditing {
    private final Options options;
    private final Voice voice;
    private final Audit audit;
    private final LastToLeave last = new LastToLeave();

    private Auditing(Options options, Voice voice) {
        this.options = options;
        this.voice = voice;
        this.audit = new Audit(
                WalkerFrames.orOlder(),
                Ticker.SYSTEM,
                options.flag(Setting.NAME_CONNECTIONS),
                Limits.MAX_FOLLOWED,
                Limits.MAX_SITES);
    }

    /**
     * Counts from now on. Starts a daemon thread, and adds a shutdown hook; where that is not allowed, there is no last report.
     *
     * @param voice where to say in one line what is wrong
     * @param reporter a thread that was not started yet, and another one for the JVM's end
     * @param eachSecond what else that thread is to do, every second
     */
    public static Observer start(
            Options options, Voice voice, OwnThread reporter, OwnThread farewell, Runnable eachSecond) {
        Auditing auditing = new Auditing(options, voice);
        auditing.start(auditing.reporting(), reporter, farewell, eachSecond);
        return auditing.audit;
    }

    private Reporting reporting() {
        Self self = Self.ofThisJvm(options.text(Setting.MODE), Ticker.SYSTEM);
        boolean isJson = options.text(Setting.REPORT_FORMAT).equals("json");
        ReportSink sink = new ReportSink(file(Setting.REPORT_FILE, self), isJson, System.err, voice);
        return new Reporting(audit, self, Ticker.SYSTEM, options.flag(Setting.DRY_RUN), sink, sender());
    }

    private @Nullable ProxySender sender() {
        int port = options.port(Setting.ADMIN);
        return port == 0 ? null : new ProxySender(options.host(Setting.ADMIN), port);
    }

    private void start(Reporting reporting, OwnThread reporter, OwnThread farewell, Runnable eachSecond) {
        long failOver = options.number(Setting.REPORT_FAIL_OVER);
        String report = options.text(Setting.REPORT);
        boolean isAtIntervals = report.equals("interval") || report.equals("both");
        boolean isAtExit = report.equals("exit") || report.equals("both");
        ReportLoop loop = new ReportLoop(
                audit,
                reporting,
                new BeanDesk(new AgentBean(reporting)),
                Ticker.SYSTEM,
                isAtIntervals ? options.millis(Setting.REPORT_INTERVAL) : 0,
                file(Setting.REPORT_REQUEST, reporting.self()),
                failOver < 0 ? eachSecond : both(eachSecond, last));
        try {
            reporter.doing(loop).start();
            Runtime.getRuntime()
                    .addShutdownHook(farewell.doing(new Farewell(reporting, isAtExit, failOver, voice, last)));
        } catch (RuntimeException | OutOfMemoryError e) { // the second where no more threads may be made
            voice.say("there will be no last report: " + e);
        }
    }

    private static Runnable both(Runnable one, Runnable other) {
        return new Runnable() {
            @Override
            public void run() {
                one.run();
                other.run();
            }
        };
    }

    /** {@code %p} stands for the process, as several may have the same options. Null for none. */
    private @Nullable File file(Setting setting, Self self) {
        String path = options.text(setting);
        return path.isEmpty() ? null : new File(path.replace("%p", self.pid));
    }
}
