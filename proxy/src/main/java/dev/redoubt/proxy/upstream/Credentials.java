package dev.redoubt.proxy.upstream;

import org.jspecify.annotations.Nullable;

/** A Redis user and password. The user is null for the default user of servers before 6.0's ACLs. Never printed. Immutable. */
public record Credentials(@Nullable String user, String password) {
    /** The arguments that AUTH takes. */
    public String[] authArguments() {
        return user == null ? new String[] {"AUTH", password} : new String[] {"AUTH", user, password};
    }

    /** The user's name as Redis knows it. */
    public String userName() {
        return user == null ? "default" : user;
    }

    @Override
    public String toString() {
        return userName() + ":***";
    }
}
