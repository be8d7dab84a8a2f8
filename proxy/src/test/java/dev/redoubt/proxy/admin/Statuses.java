package dev.redoubt.proxy.admin;

import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.status.Gauge;
import dev.redoubt.proxy.status.Gauges;
import dev.redoubt.proxy.status.LeaseHolder;
import dev.redoubt.proxy.status.LeaseReason;
import dev.redoubt.proxy.status.ProxyState;
import dev.redoubt.proxy.status.ProxyStatus;
import java.util.List;
import java.util.OptionalLong;

/** Snapshots for tests. */
final class Statuses {
    static final long SINCE_EPOCH_MILLIS = 1_700_000_000_000L;

    private Statuses() {}

    static ProxyStatus up() {
        Counters counters = new Counters();
        counters.add(Counter.COMMANDS, 42);
        Gauges gauges = new Gauges().set(Gauge.CLIENTS, 7).set(Gauge.LEASES, 3).set(Gauge.LEASES_MAX, 256);
        return new ProxyStatus(
                ProxyState.UP,
                SINCE_EPOCH_MILLIS,
                "localhost:6379",
                true,
                "connection reset",
                OptionalLong.of(215),
                "7.0.15",
                "abc",
                counters,
                gauges,
                List.of(),
                List.of(
                        new LeaseHolder(12, LeaseReason.BLOCKING, 61_500),
                        new LeaseHolder(7, LeaseReason.WATCH, 250),
                        new LeaseHolder(9, LeaseReason.BLOCKING, 100)));
    }

    static ProxyStatus neverUp(ProxyState state) {
        return new ProxyStatus(
                state,
                SINCE_EPOCH_MILLIS,
                "localhost:6379",
                false,
                "refused \"twice\"",
                OptionalLong.empty(),
                null,
                null,
                new Counters(),
                new Gauges(),
                List.of(),
                List.of());
    }
}
