package dev.redoubt.proxy.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

/** The proxy's own users, and what their passwords are known by. Immutable. */
public final class UserList {
    /**
     * One user.
     *
     * @param enabled false lets nobody in by that name
     * @param hashes SHA-256 of each password that is right
     */
    record User(boolean enabled, List<Hash> hashes) {}

    /** A SHA-256. Never printed. */
    record Hash(byte[] bytes) {
        @Override
        public String toString() {
            return "***";
        }
    }

    private final Map<String, User> users;

    /** @param users by name */
    UserList(Map<String, User> users) {
        this.users = Map.copyOf(users);
    }

    /** Whether there is such a user. */
    public boolean knows(String name) {
        return users.containsKey(name);
    }

    /** Whether there is such a user, who may log in. */
    public boolean admits(String name) {
        User user = users.get(name);
        return user != null && user.enabled();
    }

    /** Whether that user may log in with that password. Takes as long for a wrong password as for a right one. */
    public boolean accepts(String name, String password) {
        byte[] given = sha256(password);
        User user = users.get(name);
        boolean right = false;
        if (user != null && user.enabled()) {
            for (Hash hash : user.hashes()) {
                right |= MessageDigest.isEqual(hash.bytes(), given);
            }
        }
        return right;
    }

    public int size() {
        return users.size();
    }

    static byte[] sha256(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
