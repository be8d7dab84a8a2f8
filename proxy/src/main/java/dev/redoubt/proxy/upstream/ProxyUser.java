package dev.redoubt.proxy.upstream;

import org.jspecify.annotations.Nullable;

/**
 * Who the proxy itself is at Redis, on its control connection: the user of the configuration; without one the user who was the first to use Redis through it, be it strangers (clients that have not logged in), be it one whom
 * Redis has let in. Memory serves that user and nobody else (docs/decisions/0026). Confined to the lane.
 */
public final class ProxyUser {
    private final @Nullable Credentials configured;
    private @Nullable Credentials adopted;
    /** Whose the adopted ones are, or were last; null if there were none. */
    private @Nullable String adoptedUser;

    private boolean isStranger;

    ProxyUser(@Nullable Credentials configured) {
        this.configured = configured;
    }

    /** Those of clients that say nothing. */
    @Nullable
    Credentials configured() {
        return configured;
    }

    @Nullable
    Credentials credentials() {
        return configured != null ? configured : adopted;
    }

    /** Redis has let a client in. True if the proxy is to say these from now on, and said none before. */
    boolean adopt(Credentials verified) {
        if (configured != null
                || isStranger
                || (adopted != null && !verified.userName().equals(adoptedUser))) {
            return false;
        }
        boolean first = adopted == null;
        adopted = verified;
        adoptedUser = verified.userName();
        return first;
    }

    /** Redis does not take these any more: who says next who he is, is tried. */
    void forget() {
        adopted = null;
    }

    /** Whether it is not settled yet who it is, and a stranger may be it. */
    public boolean isOpen() {
        return configured == null && adoptedUser == null && !isStranger;
    }

    /** Redis has done what a stranger asked for. */
    public void settle() {
        isStranger = isOpen();
    }

    /**
     * Whether a client with these is that user.
     *
     * @param answersStrangers whether Redis has told the proxy anything while it had not logged in itself
     */
    boolean is(@Nullable Credentials client, boolean answersStrangers) {
        if (configured != null) {
            return client != null && client.userName().equals(configured.userName());
        }
        if (adoptedUser != null) {
            return client != null && client.userName().equals(adoptedUser);
        }
        return client == null && (isStranger || answersStrangers);
    }
}
