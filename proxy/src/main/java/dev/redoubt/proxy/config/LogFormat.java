package dev.redoubt.proxy.config;

/** What a line of the log looks like. */
public enum LogFormat {
    /** For people; coloured where it goes to a terminal. */
    TERMINAL,
    /** For programs: one JSON object a line. */
    JSON
}
