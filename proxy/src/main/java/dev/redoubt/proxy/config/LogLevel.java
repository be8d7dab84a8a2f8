package dev.redoubt.proxy.config;

/** The least severe kind of line that is logged. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
