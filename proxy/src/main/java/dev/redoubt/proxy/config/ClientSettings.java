package dev.redoubt.proxy.config;

import java.time.Duration;

/**
 * What clients may use up: beyond the soft limits a client is not read, beyond the hard ones it is cut off. Immutable.
 *
 * @param max client connections
 * @param inFlightCommands soft, of one client
 * @param unreadOutputBytes soft, of one client
 * @param outputLimitBytes hard, of one client; 0 is no limit
 * @param pubSubOutputLimit hard, of one client that is subscribed
 * @param totalBytes soft, of all clients together: unanswered commands and unread replies
 * @param queryBufferBytes hard, of one client: an unfinished command, or a MULTI queue
 * @param largeCommandBytes a larger command takes a lease
 * @param maxBulkBytes hard, of one argument of a command
 * @param largeReplyBytes a larger reply is streamed
 * @param timeout hard, of one client's silence; 0 is no limit
 * @param tcpKeepalive silence after which TCP asks whether the client is there; 0 is never
 */
public record ClientSettings(
        int max,
        int inFlightCommands,
        long unreadOutputBytes,
        long outputLimitBytes,
        OutputBufferLimit pubSubOutputLimit,
        long totalBytes,
        long queryBufferBytes,
        long largeCommandBytes,
        long maxBulkBytes,
        long largeReplyBytes,
        Duration timeout,
        Duration tcpKeepalive) {
    public ClientSettings {
        Require.positive("max", max);
        Require.positive("inFlightCommands", inFlightCommands);
        Require.positive("unreadOutputBytes", unreadOutputBytes);
        Require.notNegative("outputLimitBytes", outputLimitBytes);
        Require.positive("totalBytes", totalBytes);
        Require.positive("queryBufferBytes", queryBufferBytes);
        Require.positive("largeCommandBytes", largeCommandBytes);
        Require.positive("maxBulkBytes", maxBulkBytes);
        Require.positive("largeReplyBytes", largeReplyBytes);
        Require.notNegative("timeout", timeout);
        Require.notNegative("tcpKeepalive", tcpKeepalive);
    }
}
