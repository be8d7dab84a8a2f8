package dev.redoubt.proxy.fallback;

/** What became of a command that was offered to the memory store. */
public enum Outcome {
    /** Exactly one reply was appended: the one Redis would have given, errors included. */
    ANSWERED,
    /** The store cannot know the answer: nothing was appended, nothing has changed; the command keeps waiting for Redis. */
    HOLD,
    /** An error with a stable code was appended: the command was not applied. */
    REFUSED
}
