package dev.redoubt.proxy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object a line: time, level, logger, message, then the key-values as fields of their own, numbers as numbers, and the
 * stack of an exception. Logback's own encoder has them as an array of objects, which collectors do not search.
 * Thread-safe.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    private final JsonFactory json = new JsonFactory();

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("time", event.getInstant().toString());
            out.writeStringField("level", event.getLevel().levelStr);
            out.writeStringField("logger", event.getLoggerName());
            out.writeStringField("message", event.getFormattedMessage());
            fields(out, event.getKeyValuePairs());
            stack(out, event.getThrowableProxy());
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void fields(JsonGenerator out, @Nullable List<KeyValuePair> pairs) throws IOException {
        if (pairs == null) {
            return;
        }
        for (KeyValuePair pair : pairs) {
            out.writeFieldName(pair.key);
            if (pair.value instanceof Long || pair.value instanceof Integer) {
                out.writeNumber(((Number) pair.value).longValue());
            } else if (pair.value instanceof Boolean yes) {
                out.writeBoolean(yes);
            } else {
                out.writeString(String.valueOf(pair.value));
            }
        }
    }

    private static void stack(JsonGenerator out, @Nullable IThrowableProxy thrown) throws IOException {
        if (thrown != null) {
            out.writeStringField("stack", ThrowableProxyUtil.asString(thrown));
        }
    }
}
