package dev.redoubt.proxy.config;

/** When a write that memory acknowledges counts as kept. */
public enum JournalFsync {
    /** It is on disk: a crash of the machine loses nothing. */
    ALWAYS,
    /** The operating system has it: a crash of the proxy loses nothing. */
    NEVER
}
