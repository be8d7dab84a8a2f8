package dev.redoubt.proxy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the proxy logs at level info while a test listens, as on a terminal but for the time. Nothing is printed meanwhile. */
public final class HeardLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final String PATTERN = "%-5level %logger{0}: %msg %kvp";

    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.redoubt");
    private final PatternLayout layout = new PatternLayout();
    private final List<String> lines = new ArrayList<>();

    private HeardLines() {
        layout.setContext(ours.getLoggerContext());
        layout.setPattern(PATTERN);
        layout.start();
    }

    /** Begins to listen. */
    public static HeardLines listen() {
        HeardLines heard = new HeardLines();
        heard.start();
        heard.ours.setLevel(Level.INFO);
        heard.ours.setAdditive(false);
        heard.ours.addAppender(heard);
        return heard;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(layout.doLayout(event).stripTrailing());
    }

    /** What was logged since the last call. */
    public List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    /** Puts logging back as it was. */
    @Override
    public void close() {
        ours.detachAppender(this);
        ours.setAdditive(true);
        ours.setLevel(null);
    }
}
