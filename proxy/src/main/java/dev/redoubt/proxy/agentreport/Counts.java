package dev.redoubt.proxy.agentreport;

/**
 * What became of an application's clients. Immutable.
 *
 * @param constructed objects that were made
 * @param closed of them, closed by the application
 * @param collectedUnclosed of them, found by the garbage collector before anybody had closed them
 * @param live of them, neither of both
 * @param opened sockets that were connected
 * @param sockets of them, open now
 * @param peakSockets the most that were open at one time
 */
public record Counts(
        long constructed,
        long closed,
        long collectedUnclosed,
        long live,
        long opened,
        long sockets,
        long peakSockets) {}
