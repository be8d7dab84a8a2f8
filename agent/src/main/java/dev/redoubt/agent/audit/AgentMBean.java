package dev.redoubt.agent.audit;

/** What JMX shows: {@code dev.redoubt:type=Agent}. */
public interface AgentMBean {
    /** Clients that the application has constructed. */
    long getConstructed();

    /** Of them, those that it closed. */
    long getClosed();

    /** Of them, those that the garbage collector found first. */
    long getCollectedUnclosed();

    /** Of them, those that are neither. */
    long getLive();

    /** Sockets that are open. */
    long getSockets();

    /** The most that were open at one time. */
    long getPeakSockets();

    /** The report, as text. */
    String report();

    /** The report, as JSON. */
    String reportAsJson();

    /** Writes the report to where it goes at the JVM's end too. */
    void writeReport();
}
