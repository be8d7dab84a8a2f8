package dev.redoubt.proxy.session;

import dev.redoubt.proxy.upstream.Credentials;
import org.jspecify.annotations.Nullable;

/** Checks a client's user and password. Confined to the lane. */
public interface Authenticator {
    /** How it ended: called once, at once or later. */
    interface Outcome {
        /** @param error null if they are right; else the error for the client, beginning with its code */
        void done(@Nullable String error);
    }

    /** Somebody changes what Redis knows of users: nothing that was verified before counts, nor what is verified before Redis has done it. */
    void distrust();

    /** Checks them, at Redis unless that was done a moment ago. */
    void verify(Credentials credentials, long holdBudgetNanos, Outcome outcome);
}
