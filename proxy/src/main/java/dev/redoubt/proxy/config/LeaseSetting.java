package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.choice;
import static dev.redoubt.proxy.config.ValueTypes.number;

import org.jspecify.annotations.Nullable;

/** Upstream connections that sessions hold alone. Rows of the table of settings: see {@link Setting}. */
enum LeaseSetting implements Setting {
    MAX("leases.max", number(1, 100_000), "256", "Upstream connections that one session holds alone."),
    BLOCKING_ON_LOSS(
            "blocking.on-loss",
            choice(BlockingOnLoss.class),
            "in-doubt",
            "What becomes of BLPOP and its relatives that waited at a Redis of which nothing is known any more.");

    private final Row row;

    LeaseSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.LEASES, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
