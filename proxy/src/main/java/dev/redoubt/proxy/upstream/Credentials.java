package dev.redoubt.proxy.upstream;

import org.jspecify.annotations.Nullable;

/** A Redis user and password. The user is null for the default user of servers before 6.0's ACLs. Never printed. Immutable. */
public record Credentials(@Nullable String user, String password) {
    /** Who a client of Redis is that says nothing. */
    public static final String DEFAULT_USER = "default";

    /** The arguments that AUTH takes. */
    public String[] authArguments() {
        return user == null ? new String[] {"AUTH", password} : new String[] {"AUTH", user, password};
    }

    /**
     * Those under which a client that gave these, and was accepted, shares connections: the same for all who mean the same user, in whatever words. The form with a user is accepted wherever the other
     * one is, but not the other way round: not where the default user has no password.
     *
     * @param configured those of the proxy itself; null if it has none
     */
    public Credentials shared(@Nullable Credentials configured) {
        Credentials named = new Credentials(userName(), password);
        if (configured != null && named.equals(new Credentials(configured.userName(), configured.password))) {
            return configured;
        }
        return named;
    }

    /** The user's name as Redis knows it. */
    public String userName() {
        return user == null ? DEFAULT_USER : user;
    }

    @Override
    public String toString() {
        return userName() + ":***";
    }
}
