package dev.redoubt.proxy.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists of users without a file. */
public final class ListedUsers {
    private ListedUsers() {}

    /** Names and passwords in turn. */
    public static UserList of(String... namesAndPasswords) {
        Map<String, UserList.User> users = new HashMap<>();
        for (int i = 0; i < namesAndPasswords.length; i += 2) {
            UserList.Hash hash = new UserList.Hash(UserList.sha256(namesAndPasswords[i + 1]));
            users.put(namesAndPasswords[i], new UserList.User(true, List.of(hash)));
        }
        return new UserList(users);
    }
}
