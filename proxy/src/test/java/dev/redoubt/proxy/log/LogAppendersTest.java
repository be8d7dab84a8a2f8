package dev.redoubt.proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogAppendersTest {
    private final LoggerContext context = new LoggerContext();

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
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLevel(Level.WARN);
        event.setLoggerName("dev.redoubt.Some");
        event.setMessage("Redis is lost");
        event.setTimeStamp(1_700_000_000_123L);
        event.addKeyValuePair(new KeyValuePair("held", 3));
        return new String(LogAppenders.encoder(context, style).encode(event), StandardCharsets.UTF_8);
    }
}
