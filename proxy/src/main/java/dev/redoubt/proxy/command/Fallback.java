package dev.redoubt.proxy.command;

/** What can answer a command while Redis is away. Only commands with {@link Route#SHARED} have a fallback. */
public enum Fallback {
    /** Held: the memory store cannot know the answer. */
    NONE,
    /** Asked by clients while they connect; answered from what was last seen of the server, or from nothing at all. */
    GREETING,
    /** Answered from known values and the journal. */
    READ,
    /** Applied to the journal. */
    WRITE,
    /** As WRITE with no Redis at all or for keys that are known; held otherwise (others may have given out the number). */
    MEMORY_ONLY
}
