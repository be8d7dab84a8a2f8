package dev.redoubt.proxy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.redoubt.proxy.config.ProcessSetting;

/**
 * Has lines go to standard error in the form that {@link LogSetup} chose. Logback finds it as a service. In code and not in a logback.xml, as reading XML is a fifth of a second of the start. A file of one's own
 * ({@code -Dlogback.configurationFile=...}) or a logback-test.xml takes its place. Stateless.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogAppenders extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null
                || LogAppenders.class.getClassLoader().getResource("logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, System.getProperty(LogSetup.APPENDER, LogSetup.PLAIN)));
        appender.start();
        context.getLogger("io.netty").setLevel(Level.WARN);
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(ProcessSetting.LOG_LEVEL.environmentName()), Level.INFO));
        root.addAppender(appender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static Encoder<ILoggingEvent> encoder(LoggerContext context, String style) {
        Encoder<ILoggingEvent> encoder =
                style.equals(LogSetup.JSON) ? new JsonLines() : new TextLines(style.equals(LogSetup.COLOURED));
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
