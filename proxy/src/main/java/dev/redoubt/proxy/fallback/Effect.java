package dev.redoubt.proxy.fallback;

/** What one command and its reply say about the keys upstream. Not called for replies that are errors: those changed nothing. */
@FunctionalInterface
interface Effect {
    void apply(Observation seen);
}
