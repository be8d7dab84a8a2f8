package dev.redoubt.proxy.agentreport;

/**
 * The newest report of one JVM. Immutable.
 *
 * @param atNanos when it came, by the proxy's clock
 */
public record Heard(AgentReport report, long atNanos) {}
