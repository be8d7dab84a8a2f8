package dev.redoubt.proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLinesTest {
    private final JsonLines lines = new JsonLines();

    @Test
    void keyValuesAreFieldsAfterTheMessage() {
        LoggingEvent event = event("Redis is lost");
        event.addKeyValuePair(new KeyValuePair("upstream", "redis:6379"));
        event.addKeyValuePair(new KeyValuePair("awayMillis", 1_500L));
        event.addKeyValuePair(new KeyValuePair("newRun", true));

        assertEquals(
                "{\"time\":\"2023-11-14T22:13:20.123Z\",\"level\":\"WARN\",\"logger\":\"dev.redoubt.Some\",\"message\":\"Redis is lost\","
                        + "\"upstream\":\"redis:6379\",\"awayMillis\":1500,\"newRun\":true}\n",
                encoded(event));
    }

    @Test
    void anExceptionIsAFieldOfTheSameLine() throws IOException {
        LoggingEvent event = event("A bug");
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("two\nlines")));

        String text = encoded(event);
        JsonNode object = new ObjectMapper().readTree(text);

        assertEquals(1, text.lines().count());
        assertTrue(object.get("stack").textValue().startsWith("java.lang.IllegalStateException: two\nlines"), text);
        assertTrue(object.get("stack").textValue().contains("at dev.redoubt.proxy.log.JsonLinesTest"), text);
    }

    @Test
    void textIsEscaped() throws IOException {
        String text = encoded(event("say \"no\"\nand go \u0000"));

        assertEquals(1, text.lines().count());
        assertEquals(
                "say \"no\"\nand go \u0000",
                new ObjectMapper().readTree(text).get("message").textValue());
    }

    private String encoded(LoggingEvent event) {
        return new String(lines.encode(event), StandardCharsets.UTF_8);
    }

    private static LoggingEvent event(String message) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setInstant(Instant.ofEpochMilli(1_700_000_000_123L));
        event.setLevel(Level.WARN);
        event.setLoggerName("dev.redoubt.Some");
        event.setMessage(message);
        return event;
    }
}
