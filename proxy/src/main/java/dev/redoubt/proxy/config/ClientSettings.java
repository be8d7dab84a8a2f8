package dev.redoubt.proxy.config;

/**
 * What clients may use up: beyond the soft limits a client is not read, beyond the hard ones it is cut off. Immutable.
 *
 * @param max client connections
 * @param inFlightCommands soft, of one client
 * @param unreadOutputBytes soft, of one client
 * @param outputLimitBytes hard, of one client; 0 is no limit
 * @param totalBytes soft, of all clients together: unanswered commands and unread replies
 * @param queryBufferBytes hard, of one client: an unfinished command, or a MULTI queue
 * @param largeCommandBytes a larger command takes a lease
 * @param largeReplyBytes a larger reply is streamed
 */
public record ClientSettings(
        int max,
        int inFlightCommands,
        long unreadOutputBytes,
        long outputLimitBytes,
        long totalBytes,
        long queryBufferBytes,
        long largeCommandBytes,
        long largeReplyBytes) {
    public ClientSettings {
        Require.positive("max", max);
        Require.positive("inFlightCommands", inFlightCommands);
        Require.positive("unreadOutputBytes", unreadOutputBytes);
        Require.notNegative("outputLimitBytes", outputLimitBytes);
        Require.positive("totalBytes", totalBytes);
        Require.positive("queryBufferBytes", queryBufferBytes);
        Require.positive("largeCommandBytes", largeCommandBytes);
        Require.positive("largeReplyBytes", largeReplyBytes);
    }
}
