package dev.redoubt.proxy.config;

/** The file with the proxy's own users cannot be used as it is now. Its message is for people, and names nobody. */
public final class UnusableUsers extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableUsers(String message) {
        super(message, null, false, false);
    }
}
