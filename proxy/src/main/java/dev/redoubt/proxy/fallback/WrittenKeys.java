package dev.redoubt.proxy.fallback;

import org.jspecify.annotations.Nullable;

/** Knows which keys a command may write. Called on the flight reader's thread: implementations are thread-safe. */
@FunctionalInterface
public interface WrittenKeys {
    /**
     * The positions in {@code args} of the keys that the command may write; empty if it writes none; null if nobody knows:
     * then everything known of its database is forgotten.
     *
     * @param args the command with its name first; borrowed
     */
    int @Nullable [] positions(byte[][] args);
}
