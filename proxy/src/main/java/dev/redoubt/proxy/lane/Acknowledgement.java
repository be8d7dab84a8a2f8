package dev.redoubt.proxy.lane;

/**
 * What the kernel knows about whether the other machine acknowledges what is sent on one connection, as {@code tcp_info} of Linux tells it. Immutable.
 *
 * @param packets sent and not acknowledged
 * @param probes of a closed window that nobody has answered yet
 * @param sentMillis how long ago something was sent last, for the first time or again
 * @param ageMillis how long ago the last acknowledgement came, of whatever
 */
public record Acknowledgement(long packets, int probes, long sentMillis, long ageMillis) {
    /** One of them may stay unanswered: a kernel says only once in 500 ms that something does not fit ({@code tcp_invalid_ratelimit}). */
    private static final int PATIENCE_PROBES = 1;

    /**
     * Whether something is owed. A machine whose process does not read owes nothing. Either its window is closed, and it says so whenever it is asked; or its memory is full, and it acknowledges what it has to drop, which is
     * sent again ever more rarely.
     */
    boolean isDue() {
        return probes > PATIENCE_PROBES || (packets > 0 && sentMillis < ageMillis);
    }
}
