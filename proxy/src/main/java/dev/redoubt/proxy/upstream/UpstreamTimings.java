package dev.redoubt.proxy.upstream;

import java.time.Duration;

/**
 * How long things may take, and how much may wait. Immutable.
 *
 * @param backoff between attempts to connect
 * @param attemptLimit attempts after which an outage is taken for lasting (profile {@code dev}); 0 for no limit
 * @param pingInterval between PINGs of the control connection, and how long nothing may have happened on a shared one before it is asked too
 * @param lostAfter how long a connection may owe a sign of life that everything else about the server gives
 * @param stallAfter how long replies may be missing before Redis counts as stalled
 * @param stallLimit how long a stalled connection is kept
 * @param fallbackAfter how long commands are held before memory answers them
 * @param replayWindow how old a write may be to be repeated
 * @param busyHold how long commands wait for the end of a script that keeps Redis busy
 * @param idleAfter how long a shared connection that nobody uses is kept
 * @param behindBalancer whether an address can lead to different servers
 * @param maxBacklogBytes memory that one log may keep alive
 * @param maxBacklogCommands commands that one log may hold
 * @param largeReplyBytes replies over this are passed on in parts
 */
public record UpstreamTimings(
        Backoff backoff,
        int attemptLimit,
        Duration pingInterval,
        Duration lostAfter,
        Duration stallAfter,
        Duration stallLimit,
        Duration fallbackAfter,
        Duration replayWindow,
        Duration busyHold,
        Duration idleAfter,
        boolean behindBalancer,
        long maxBacklogBytes,
        int maxBacklogCommands,
        int largeReplyBytes) {}
