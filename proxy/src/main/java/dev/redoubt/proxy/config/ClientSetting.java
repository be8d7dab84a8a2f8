package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.bytes;
import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.number;
import static dev.redoubt.proxy.config.ValueTypes.outputBufferLimit;

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
            "Replies and messages that a client leaves unread; it is cut off beyond, as by the hard limits of Redis's client-output-buffer-limit. 0 is no limit."),
    PUBSUB_OUTPUT_LIMIT(
            "clients.output-buffer-limit.pubsub",
            outputBufferLimit(),
            "32mb 8mb 60",
            "Messages that a subscriber leaves unread: it is cut off beyond the first size, and after so many seconds beyond the second. Redis's client-output-buffer-limit pubsub."),
    TOTAL_BYTES(
            "clients.total-bytes",
            bytes("1MB", "64GB"),
            "64MB",
            "Unanswered commands and unread replies of all clients together; none is read beyond."),
    QUERY_BUFFER(
            "clients.query-buffer",
            bytes("64KB", "1GB"),
            "16MB",
            "An unfinished command or MULTI queue of a client; it is cut off beyond, as by Redis's client-query-buffer-limit (1 GB there)."),
    LARGE_COMMAND("clients.large-command", bytes("1KB", "512MB"), "64KB", "Larger commands take a lease."),
    MAX_BULK(
            "clients.max-bulk",
            bytes("1MB", "512MB"),
            "512MB",
            "The longest argument of a command, as Redis's proto-max-bulk-len; one that announces a longer one is closed."),
    LARGE_REPLY("clients.large-reply", bytes("16KB", "512MB"), "1MB", "Larger replies are streamed."),
    TIMEOUT(
            "clients.timeout",
            duration("0", "365d"),
            "0",
            "A client that says nothing for so long is closed, as by Redis's timeout: not one that is blocked or subscribed. 0 is never."),
    TCP_KEEPALIVE(
            "clients.tcp-keepalive",
            duration("0", "1d"),
            "300s",
            "A silent client is asked by TCP after so long whether it is there, as by Redis's tcp-keepalive; three times, a third of that apart. 0 is never.");

    private final Row row;

    ClientSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.CLIENTS, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
