package dev.redoubt.proxy.status;

import java.util.Locale;

/** What is counted since the start; a count never falls. */
public enum Counter {
    CLIENTS_ACCEPTED("Client connections accepted"),
    CLIENTS_REJECTED("Client connections refused because of clients.max"),
    CLIENTS_CUT_OFF("Client connections closed because they went beyond a limit"),
    PASSWORDS_REFUSED("AUTH and HELLO that were refused for a wrong user or password"),
    PROTOCOL_ERRORS("Client connections closed because of bytes that are not RESP"),
    COMMANDS("Commands received from clients"),
    REPLIES("Replies written to clients"),
    ANSWERED_LOCALLY("Commands answered by the proxy itself"),
    HELD("Commands that waited in the backlog"),
    RESENT_REFUSED("Commands sent again after Redis refused them for its state"),
    RESENT_READ("In-doubt reads replayed"),
    RESENT_CURSOR("In-doubt iterations (SCAN and its relatives) replayed"),
    RESENT_LAST_WINS("In-doubt commands of class last-wins replayed"),
    RESENT_AT_LEAST_ONCE("In-doubt writes replayed because replay.at-least-once says so"),
    RESENT_BLOCKING("Blocking commands that went on waiting on another connection"),
    IN_DOUBT("Commands answered with -INDOUBT"),
    UNAVAILABLE("Commands answered with -UNAVAILABLE"),
    EXPIRED_IN_BACKLOG("Commands that waited in the backlog until the end of their hold budget"),
    BACKLOG_FULL("Commands answered with -BACKLOGFULL"),
    CURSOR_LOST("Commands answered with -CURSORLOST"),
    DROPPED_CLIENT_GONE("Held commands dropped because their client left"),
    CONNECT_ATTEMPTS("Attempts to connect to the upstream"),
    CONNECT_FAILURES("Attempts to connect to the upstream that failed"),
    RECONNECTS("Shared connections opened again after a loss"),
    UPSTREAM_LOST("Upstream connections lost"),
    UPSTREAM_STALLED("Upstream connections given up at upstream.stall-limit"),
    ABANDONED_IN_DOUBT("In-doubt commands not repeated because their client left"),
    FENCED("Lost connections proved to be closed on the server's side"),
    FENCE_FAILED("Lost connections that could not be fenced"),
    LEASES_OPENED("Upstream connections opened for one session alone"),
    LEASES_SPENT("Commands refused because all leased connections were in use"),
    OUTAGES("Times that the upstream went away"),
    DOWN_MILLIS("Milliseconds that the upstream was away, outages that have ended"),
    FALLBACK_HITS("Reads answered from memory"),
    FALLBACK_MISSES("Reads of keys that memory did not know"),
    FALLBACK_WRITES("Writes acknowledged from memory"),
    FALLBACK_REFUSED("Commands that memory could not answer"),
    LOCKS_GRANTED("Locks granted by memory, to one client each"),
    LOCKS_DENIED("Locks denied by memory, as another client has them"),
    LOCKS_UNASKED("Locks granted by memory to whoever asked, as a rule says"),
    LOCK_CLASHES("Locks granted by memory that somebody else held when Redis was back"),
    JOURNAL_REPLAYED("Journal entries brought to Redis"),
    JOURNAL_CONFLICTS("Journal entries not applied because Redis held something else"),
    JOURNAL_SYNCS("Times that the journal was forced to disk"),
    JOURNAL_FULL("Writes refused because the journal was full"),
    RECORDER_SKIPPED_BYTES("Recorded traffic overwritten before it was read");

    private final String help;

    Counter(String help) {
        this.help = help;
    }

    /** The metric's name without prefix and suffix: {@code dropped_client_gone}. */
    public String metricName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A sentence for the metric's HELP line. */
    public String help() {
        return help;
    }
}
