package dev.redoubt.proxy.status;

import java.util.Locale;

/** What is measured at a moment. */
public enum Gauge {
    CLIENTS("Client connections"),
    IN_FLIGHT("Commands written to the upstream and not answered"),
    BACKLOG_COMMANDS("Commands waiting"),
    BACKLOG_BYTES("Bytes kept alive by commands waiting"),
    CLIENT_BYTES("Bytes kept alive by unanswered commands and unread replies of all clients"),
    UPSTREAM_CONNECTIONS("Shared connections that are ready"),
    LEASES("Leased connections"),
    LEASES_MAX("Leased connections that there may be (leases.max)"),
    FALLBACK_OLDEST_MILLIS("The largest age of a known value that was given in the newest outage"),
    KNOWN_VALUES("Keys that memory knows"),
    KNOWN_BYTES("Bytes of known values"),
    JOURNAL_ENTRIES("Keys with acknowledged writes that Redis does not have yet"),
    JOURNAL_BYTES("Bytes of the journal"),
    JOURNAL_FILE_BYTES("Length of the journal's file"),
    RECORDER_LAG_BYTES("Recorded traffic not yet turned into known values");

    private final String help;

    Gauge(String help) {
        this.help = help;
    }

    /** The metric's name without prefix: {@code backlog_bytes}. */
    public String metricName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A sentence for the metric's HELP line. */
    public String help() {
        return help;
    }
}
