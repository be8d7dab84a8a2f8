package dev.redoubt.proxy.session;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * How long commands of a client may be held: 0.8 of its library's own default time-out, so that it hears from us before it gives up and repeats the command itself. docs/client-timeouts.md has the
 * sources. Pure.
 */
final class HoldBudgets {
    private static final Map<String, Duration> DEFAULT_TIMEOUTS = Map.of(
            "jedis", Duration.ofSeconds(2),
            "go-redis", Duration.ofSeconds(3),
            "redis-py", Duration.ofSeconds(5),
            "lettuce", Duration.ofSeconds(60));

    private HoldBudgets() {}

    /** The smaller of the configured budget and what the library, as CLIENT SETINFO LIB-NAME gives it, will wait for. */
    static Duration of(String libraryName, Duration configured) {
        String name = libraryName.toLowerCase(Locale.ROOT);
        return DEFAULT_TIMEOUTS.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .map(entry -> entry.getValue().multipliedBy(8).dividedBy(10))
                .filter(budget -> budget.compareTo(configured) < 0)
                .findFirst()
                .orElse(configured);
    }
}
