package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.bytes;
import static dev.redoubt.proxy.config.ValueTypes.number;

import org.jspecify.annotations.Nullable;

/** What clients may use up. Rows of the table of settings: see {@link Setting}. */
enum ClientSetting implements Setting {
    MAX("clients.max", number(1, 1_000_000), "10000", "Client connections, as Redis's maxclients."),
    IN_FLIGHT_COMMANDS(
            "clients.in-flight-commands",
            number(1, 1_000_000),
            "1024",
            "Unanswered commands of a client; it is not read beyond."),
    UNREAD_OUTPUT(
            "clients.unread-output",
            bytes("16KB", "1GB"),
            "4MB",
            "Replies that a client leaves unread; it is not read beyond."),
    OUTPUT_LIMIT(
            "clients.output-limit",
            bytes("0", "16GB"),
            "32MB",
            "Replies that a client leaves unread; it is cut off beyond. 0 is no limit."),
    TOTAL_BYTES(
            "clients.total-bytes",
            bytes("1MB", "64GB"),
            "64MB",
            "Unanswered commands and unread replies of all clients together; none is read beyond."),
    QUERY_BUFFER(
            "clients.query-buffer",
            bytes("64KB", "1GB"),
            "16MB",
            "An unfinished command or MULTI queue of a client; it is cut off beyond."),
    LARGE_COMMAND("clients.large-command", bytes("1KB", "512MB"), "64KB", "Larger commands take a lease."),
    LARGE_REPLY("clients.large-reply", bytes("16KB", "512MB"), "1MB", "Larger replies are streamed.");

    private final Row row;

    ClientSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.CLIENTS, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
