package dev.redoubt.proxy.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.joran.spi.JoranException;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback for a proxy that starts, without the search for what else could configure it: that reads the jar's services and an annotation, for
 * which the JDK makes a class. {@link LogSetup} names it to SLF4J; elsewhere, and with a file of one's own ({@code -Dlogback.configurationFile=...}),
 * Logback comes as usual, and finds {@link LogAppenders}. Used by SLF4J, once.
 */
public final class LogProvider implements SLF4JServiceProvider {
    private final LoggerContext context = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();

    @Override
    public ILoggerFactory getLoggerFactory() {
        return context;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public @Nullable MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        context.setName(CoreConstants.DEFAULT_CONTEXT_NAME);
        context.setMDCAdapter(mdc);
        LogAppenders appenders = new LogAppenders();
        appenders.setContext(context);
        if (appenders.configure(context) == ExecutionStatus.INVOKE_NEXT_IF_ANY) {
            configureAsUsual();
        }
        context.start();
    }

    private void configureAsUsual() {
        try {
            new ContextInitializer(context).autoConfig();
        } catch (JoranException e) {
            throw new IllegalStateException("the file that logback.configurationFile names cannot be read", e);
        }
    }
}
