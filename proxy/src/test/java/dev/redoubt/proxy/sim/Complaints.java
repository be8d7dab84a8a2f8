package dev.redoubt.proxy.sim;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.redoubt.proxy.session.ClientSession;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Hears what the proxy and Netty log: an exception that was caught and only logged is a failure all the same. Nothing is printed. */
public final class Complaints extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
    /** Only at level debug has each client that is cut off a line of its own. */
    private final Logger sessions = (Logger) LoggerFactory.getLogger(ClientSession.class);

    private final Level levelBefore = root.getLevel();
    private final List<String> heard = new ArrayList<>();
    private Runnable onReplyCut = () -> {};

    /** Begins to listen. */
    public static Complaints listen() {
        Complaints complaints = new Complaints();
        complaints.start();
        complaints.root.iteratorForAppenders().forEachRemaining(complaints.others::add);
        complaints.others.forEach(complaints.root::detachAppender);
        complaints.root.setLevel(Level.WARN);
        complaints.sessions.setLevel(Level.DEBUG);
        complaints.root.addAppender(complaints);
        return complaints;
    }

    /** Runs the task whenever the proxy says that it closes a client in the middle of a reply. */
    void onReplyCut(Runnable task) {
        onReplyCut = task;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel() == Level.DEBUG
                && String.valueOf(event.getKeyValuePairs()).contains("in the middle of a large reply")) {
            onReplyCut.run();
        }
        if (event.getLevel().isGreaterOrEqual(Level.ERROR) || event.getThrowableProxy() != null) {
            String cause = event.getThrowableProxy() == null
                    ? ""
                    : ": " + event.getThrowableProxy().getClassName() + " "
                            + event.getThrowableProxy().getMessage() + "\n    at "
                            + event.getThrowableProxy()
                                    .getStackTraceElementProxyArray()[0]
                                    .getStackTraceElement();
            heard.add(event.getFormattedMessage() + cause);
        }
    }

    /** Puts logging back as it was. */
    @Override
    public void close() {
        root.detachAppender(this);
        others.forEach(root::addAppender);
        root.setLevel(levelBefore);
        sessions.setLevel(null);
    }

    /** What was heard since the last time. */
    public List<String> take() {
        List<String> all = List.copyOf(heard);
        heard.clear();
        return all;
    }
}
