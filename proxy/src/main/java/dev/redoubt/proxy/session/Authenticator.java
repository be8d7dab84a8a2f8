package dev.redoubt.proxy.session;

import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.UpstreamKey;
import org.jspecify.annotations.Nullable;

/** Checks a client's user and password. Confined to the lane. */
public interface Authenticator {
    /** How it ended: called once, at once or later. */
    interface Outcome {
        /** @param error null if they are right; else the error for the client, beginning with its code */
        void done(@Nullable String error);
    }

    /** Checks them. */
    void verify(Credentials credentials, long holdBudgetNanos, Outcome outcome);

    /** Where the commands of a client go that gave these, and was let in. */
    UpstreamKey admit(UpstreamKey key, Credentials credentials);

    /** Who a client is that has not said so: its commands go where that key says. */
    String userOf(UpstreamKey key);

    /** Whether commands are taken of clients that have not said who they are. */
    boolean admitsAll();

    /** Whether that user is known here. Where all are admitted, Redis may know others. */
    boolean knows(String user);

    /** Somebody changes what Redis knows of users: nothing that was verified there before counts, nor what is verified before Redis has done it. */
    void distrust();
}
