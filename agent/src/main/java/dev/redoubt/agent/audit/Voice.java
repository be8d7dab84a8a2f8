package dev.redoubt.agent.audit;

/** Where the audit says in one line what is wrong. Thread-safe. */
public interface Voice {
    /** Says it; never fails. */
    void say(String line);
}
