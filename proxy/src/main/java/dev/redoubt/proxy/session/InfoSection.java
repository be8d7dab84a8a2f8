package dev.redoubt.proxy.session;

import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Gauge;
import dev.redoubt.proxy.status.ProxyStatus;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What INFO says of the proxy: the section {@code # Redoubt}, with the numbers of /metrics. It comes where Redis gives its default sections ({@code genRedisInfoString} in server.c), and where it is asked for by
 * name. Confined to the lane.
 */
final class InfoSection {
    private static final String NAME = "redoubt";
    private static final Set<String> MANY = Set.of("DEFAULT", "ALL", "EVERYTHING");

    private final Supplier<ProxyStatus> status;

    InfoSection(Supplier<ProxyStatus> status) {
        this.status = status;
    }

    /** Whether it belongs to the answer. */
    static boolean isWanted(Command command) {
        if (command.count() == 1) {
            return true;
        }
        for (int i = 1; i < command.count(); i++) {
            String word = command.word(i);
            if (MANY.contains(word) || word.equalsIgnoreCase(NAME)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is all of the answer. */
    static boolean isAll(Command command) {
        return command.count() == 2 && command.word(1).equalsIgnoreCase(NAME);
    }

    /** The section's text. */
    String text() {
        ProxyStatus now = status.get();
        StringBuilder text = new StringBuilder("# Redoubt\r\n");
        line(text, "state", now.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        line(text, "upstream", now.upstreamAddress() == null ? "none" : now.upstreamAddress());
        line(text, "upstream_connected", now.isConnected() ? 1 : 0);
        line(text, "upstream_response_time_usec", now.responseTimeMicros().orElse(-1));
        for (Gauge gauge : Gauge.values()) {
            line(text, gauge.metricName(), now.gauges().get(gauge));
        }
        for (Counter counter : Counter.values()) {
            line(text, counter.metricName() + "_total", now.counters().get(counter));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(NAME).append('_').append(name).append(':').append(value).append("\r\n");
    }
}
