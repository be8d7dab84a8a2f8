package dev.redoubt.proxy.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Gauge;
import dev.redoubt.proxy.status.LeaseHolder;
import dev.redoubt.proxy.status.ProxyState;
import dev.redoubt.proxy.status.ProxyStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Health as JSON. A Redis that is away makes the proxy degraded, not down: an orchestrator that restarted it for that would throw
 * away what it holds for its clients. Written with Jackson's generator alone, as object mapping costs more to start than all
 * else here. Immutable.
 */
final class HealthReport {
    private static final int OLDEST_LEASES = 10;

    private final boolean redisIsOptional;
    private final String version;
    private final JsonFactory json = new JsonFactory();

    HealthReport(boolean redisIsOptional, String version) {
        this.redisIsOptional = redisIsOptional;
        this.version = version;
    }

    String of(ProxyStatus status) {
        return object(out -> {
            out.writeStringField("status", overall(status.state()));
            out.writeStringField("state", word(status.state()));
            out.writeStringField("since", time(status.sinceEpochMillis()));
            out.writeStringField("version", version);
            out.writeObjectFieldStart("services");
            out.writeObjectFieldStart("redis");
            redis(out, status);
            out.writeEndObject();
            out.writeEndObject();
            out.writeObjectFieldStart("leases");
            leases(out, status);
            out.writeEndObject();
        });
    }

    String ofSilentLane() {
        return object(out -> {
            out.writeStringField("status", "down");
            out.writeStringField("reason", "lane does not answer");
            out.writeStringField("version", version);
        });
    }

    /** How many there were, and the newest by name. */
    String ofConflicts(ProxyStatus status) {
        return object(out -> {
            out.writeNumberField("count", status.counters().get(Counter.JOURNAL_CONFLICTS));
            out.writeNumberField("locks", status.counters().get(Counter.LOCK_CLASHES));
            out.writeArrayFieldStart("newest");
            for (String conflict : status.conflicts()) {
                out.writeString(conflict);
            }
            out.writeEndArray();
        });
    }

    private void redis(JsonGenerator out, ProxyStatus status) throws IOException {
        out.writeStringField("status", redisStatus(status.state()));
        out.writeBooleanField("connected", status.isConnected());
        if (status.responseTimeMicros().isPresent()) {
            out.writeNumberField("responseTime", status.responseTimeMicros().getAsLong() / 1000.0);
        } else {
            out.writeNullField("responseTime");
        }
        text(out, "error", status.isConnected() ? null : status.lastError());
        out.writeBooleanField("optional", redisIsOptional);
        out.writeStringField("fallbackMode", answersFromMemory(status.state()) ? "memory" : "none");
        text(out, "address", status.upstreamAddress());
        text(out, "version", status.redisVersion());
        out.writeBooleanField("everConnected", status.everConnected());
        out.writeStringField("since", time(status.sinceEpochMillis()));
    }

    /** Who keeps connections to themselves, the oldest first, for when they run out. */
    private static void leases(JsonGenerator out, ProxyStatus status) throws IOException {
        out.writeNumberField("held", status.gauges().get(Gauge.LEASES));
        out.writeNumberField("max", status.gauges().get(Gauge.LEASES_MAX));
        out.writeArrayFieldStart("oldest");
        for (LeaseHolder holder : status.leases().stream().limit(OLDEST_LEASES).toList()) {
            out.writeStartObject();
            out.writeNumberField("client", holder.client());
            out.writeStringField("reason", holder.reason().word());
            out.writeNumberField("seconds", holder.heldMillis() / 1000.0);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static String overall(ProxyState state) {
        return switch (state) {
            case UP, MEMORY_ONLY -> "ok";
            case CONNECTING, HOLDING, FALLBACK -> "degraded";
        };
    }

    private static String redisStatus(ProxyState state) {
        return switch (state) {
            case UP -> "ok";
            case MEMORY_ONLY -> "disabled";
            case CONNECTING, HOLDING, FALLBACK -> "down";
        };
    }

    private static boolean answersFromMemory(ProxyState state) {
        return state == ProxyState.FALLBACK || state == ProxyState.MEMORY_ONLY;
    }

    private static String word(ProxyState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeStringField(name, value);
        }
    }

    private String object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = json.createGenerator(text)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string", e);
        }
        return text.append('\n').toString();
    }

    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }
}
