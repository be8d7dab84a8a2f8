package dev.redoubt.proxy.agentreport;

/**
 * What one shared set of connections inside the JVM would have saved, in sockets. Immutable.
 *
 * @param peakSockets the most that were open at one time
 * @param sharedSockets how many would have done
 * @param savedConnects connects that would not have happened
 */
public record Forecast(long peakSockets, long sharedSockets, long savedConnects) {}
