package dev.redoubt.proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogAppendersTest {
    private final LoggerContext context = new LoggerContext();
    private final LoggingEvent event = new LoggingEvent();

    @Test
    void aLineIsTimeLevelLoggerMessageAndKeyValues() {
        String line = encoded(LogSetup.PLAIN);

        assertTrue(
                line.matches(
                        "20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Some: Redis is lost held=\"3\"\\R"),
                line);
    }

    @Test
    void coloursAreEscapesRoundTheSameLine() {
        String line = encoded(LogSetup.COLOURED);

        assertTrue(line.contains("\u001b["), line);
        assertTrue(line.contains("Redis is lost"), line);
    }

    @Test
    void anExceptionsStackFollows() {
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("a bug")));

        String[] lines = encoded(LogSetup.PLAIN).split("\\R");

        assertTrue(lines[0].endsWith("Redis is lost held=\"3\""), lines[0]);
        assertEquals("java.lang.IllegalStateException: a bug", lines[1]);
        assertTrue(lines[2].contains("LogAppendersTest"), lines[2]);
    }

    @Test
    void theProvidersLoggersAreConfigured() {
        LogProvider provider = new LogProvider();
        provider.initialize();

        LoggerContext made = (LoggerContext) provider.getLoggerFactory();
        assertTrue(made.isStarted());
        assertTrue(made.getLogger("ROOT").iteratorForAppenders().hasNext());
        assertSame(made.getMDCAdapter(), provider.getMDCAdapter());
    }

    @Test
    void jsonIsAnObject() {
        assertTrue(encoded(LogSetup.JSON).startsWith("{\"time\":"));
    }

    @Test
    void aConfigurationForTestsTakesItsPlace() {
        assertEquals(ExecutionStatus.INVOKE_NEXT_IF_ANY, new LogAppenders().configure(context));
        assertFalse(context.getLogger("ROOT").iteratorForAppenders().hasNext());
    }

    @Test
    void logbackFindsItAsAService() {
        assertTrue(ServiceLoader.load(ch.qos.logback.classic.spi.Configurator.class).stream()
                .anyMatch(found -> found.type() == LogAppenders.class));
    }

    private String encoded(String style) {
        event.setLoggerContext(context);
        event.setLevel(Level.WARN);
        event.setLoggerName("dev.redoubt.Some");
        event.setMessage("Redis is lost");
        event.setTimeStamp(1_700_000_000_123L);
        event.addKeyValuePair(new KeyValuePair("held", 3));
        return new String(LogAppenders.encoder(context, style).encode(event), StandardCharsets.UTF_8);
    }
}
