package dev.redoubt.agent.observe;

import org.jspecify.annotations.Nullable;

/**
 * Hears what the hooks see of Redis clients.
 *
 * <p>Called on the application's threads, any of them and several at once, on the way to its own constructors and connects: quick, never blocking. What it throws
 * is caught and counted, and a hook that fails repeatedly is switched off. Clients are the application's objects, of classes that
 * cannot be seen from here; they may be kept by weak references only.
 */
public interface Observer {
    /** Hears nothing. */
    Observer NONE = new Observer() {};

    /** An object was constructed, by this thread: Object's constructor has returned, no field is set yet. Once an object. */
    default void constructed(ClientKind kind, Object client) {}

    /** An object is about to be closed. May be told more than once, and of objects whose construction was not seen. */
    default void closed(ClientKind kind, Object client) {}

    /**
     * A connection was made (Jedis), or is about to be made and made again (Lettuce, Redisson).
     *
     * @param owner what makes the connection, an object that was told of as constructed; null where there is none
     * @param asked what the application named
     * @param reached where it went
     */
    default void connected(ClientKind kind, @Nullable Object owner, Endpoint asked, Endpoint reached) {}

    /** A connection that was told of was closed. Jedis only. */
    default void disconnected(ClientKind kind, @Nullable Object owner, Endpoint asked) {}

    /** The name that a connection which is being made by this thread shall have in CLIENT LIST: no blanks, no controls; null for none. */
    default @Nullable String nameFor(ClientKind kind, @Nullable Object owner) {
        return null;
    }
}
