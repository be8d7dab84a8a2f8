package dev.redoubt.agent.hook;

import dev.redoubt.agent.observe.ClientKind;

/** The names of what changed methods ask. The first word of each question; the second is the object whose method asks, where there is one. */
final class Questions {
    /** The socket that was just made. */
    static final String SOCKET = "jedis.socket";
    /** A host that is about to be looked up; the third word is its port, or the object that has it. */
    static final String HOST = "jedis.host";
    /** Whether, or by which options, TLS is spoken on the socket that this thread connected last. */
    static final String TLS = "jedis.tls";
    /** The URI that Lettuce is about to connect to. */
    static final String LETTUCE_URI = "lettuce.uri";
    /** The configuration of a Redisson client that is about to be made. */
    static final String REDISSON_CONFIG = "redisson.config";

    private Questions() {}

    /** Told, not asked: an object was made. */
    static String constructed(ClientKind kind) {
        return "constructed " + kind;
    }

    /** Told, not asked: an object is about to be closed. */
    static String closed(ClientKind kind) {
        return "closed " + kind;
    }
}
