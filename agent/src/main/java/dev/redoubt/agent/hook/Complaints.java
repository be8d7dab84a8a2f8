package dev.redoubt.agent.hook;

/** Takes a line about what went wrong. */
public interface Complaints {
    /** Says it, in one line. */
    void add(String line);
}
