package dev.redoubt.proxy.session;

import dev.redoubt.proxy.config.ClientSettings;

/** Decides what becomes of a client that does not read its replies. Pure functions. */
final class UnreadOutput {
    private static final long HARMLESS_BYTES = 64 * 1024;

    private UnreadOutput() {}

    /** Why the client must go, or an empty text. */
    static String reasonToCutOff(long unreadBytes, long allClientsBytes, ClientSettings limits) {
        if (limits.outputLimitBytes() > 0 && unreadBytes > limits.outputLimitBytes()) {
            return "unread output of " + unreadBytes + " bytes is over clients.output-limit";
        }
        if (unreadBytes > HARMLESS_BYTES && allClientsBytes > 2 * limits.totalBytes()) {
            return "all clients together keep more than twice clients.total-bytes alive, and this one does not read";
        }
        return "";
    }

    /** Whether it should not be read for now. */
    static boolean isTooMuch(long unreadBytes, long allClientsBytes, ClientSettings limits) {
        return unreadBytes > limits.unreadOutputBytes() || (unreadBytes > 0 && allClientsBytes > limits.totalBytes());
    }
}
