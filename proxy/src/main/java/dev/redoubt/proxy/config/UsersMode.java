package dev.redoubt.proxy.config;

/** Who checks the users and passwords of clients. */
public enum UsersMode {
    /** Redis: a client is at Redis whoever it says it is, and may do what that user may. */
    PASS_THROUGH,
    /** Redoubt, by a list of its own: at Redis all of them are the user that Redoubt is configured with. */
    OWN
}
