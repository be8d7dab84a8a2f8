package dev.redoubt.proxy.config;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file with the proxy's own users, as it was when it was read. A line a user, in the words of Redis's ACL files ({@code ACLSetUser} in acl.c); of these, those that say who may log in. Immutable.
 *
 * @param path as it was configured
 * @param text all that was in it
 */
public record UsersFile(String path, String text, UserList users) {
    private static final int HASH_DIGITS = 64;
    /** What an ACL file says of users who may do everything. */
    private static final Set<String> NO_RESTRICTION =
            Set.of("~*", "&*", "+@all", "allkeys", "allchannels", "allcommands", "sanitize-payload");

    /** Reads it; blocks. */
    static UsersFile read(String path) throws BadValue {
        String text = TextFile.read(path);
        return new UsersFile(path, text, parse(text));
    }

    /** As it is now; blocks.
     *
     * @throws UnusableUsers that says what is wrong with it
     */
    public UsersFile again() throws UnusableUsers {
        try {
            String now = TextFile.read(path);
            return now.equals(text) ? this : new UsersFile(path, now, parse(now));
        } catch (BadValue e) {
            throw new UnusableUsers(String.valueOf(e.getMessage()));
        }
    }

    private static UserList parse(String text) throws BadValue {
        Map<String, UserList.User> users = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    add(line.split("\\s+", -1), users);
                } catch (BadValue e) {
                    problems.add("line " + (i + 1) + " " + e.getMessage());
                }
            }
        }
        if (users.isEmpty() && problems.isEmpty()) {
            problems.add("names no user");
        }
        if (!problems.isEmpty()) {
            throw new BadValue("cannot be used: " + String.join("; ", problems));
        }
        return new UserList(users);
    }

    private static void add(String[] words, Map<String, UserList.User> users) throws BadValue {
        if (!words[0].equals("user") || words.length < 2) {
            throw new BadValue("does not begin with: user NAME");
        }
        boolean on = false;
        boolean off = false;
        List<UserList.Hash> hashes = new ArrayList<>();
        for (String word : List.of(words).subList(2, words.length)) {
            switch (word) {
                case "on" -> on = true;
                case "off" -> off = true;
                default -> hash(word, hashes);
            }
        }
        if (on == off) {
            throw new BadValue("says neither on nor off, or both");
        }
        if (on && hashes.isEmpty()) {
            throw new BadValue("has no password: add #SHA256 or >PASSWORD");
        }
        if (users.put(words[1], new UserList.User(on, hashes)) != null) {
            throw new BadValue("names a user for the second time");
        }
    }

    /** The word is not repeated in an error: it may be a password with a mistake before it. */
    private static void hash(String word, List<UserList.Hash> hashes) throws BadValue {
        if (word.startsWith(">") && word.length() > 1) {
            hashes.add(new UserList.Hash(UserList.sha256(word.substring(1))));
        } else if (word.startsWith("#")) {
            hashes.add(new UserList.Hash(digits(word.substring(1))));
        } else if (word.equals("nopass")) {
            throw new BadValue("has nopass: whoever needs no password can be let in with users.mode pass-through only");
        } else if (!NO_RESTRICTION.contains(word)) {
            throw new BadValue(
                    "has a word other than on, off, #SHA256 and >PASSWORD: what a user may do cannot be restricted here, only by Redis");
        }
    }

    private static byte[] digits(String hex) throws BadValue {
        try {
            if (hex.length() == HASH_DIGITS) {
                return HexFormat.of().parseHex(hex);
            }
        } catch (IllegalArgumentException e) {
            throw new BadValue("has a # without 64 hexadecimal digits behind it");
        }
        throw new BadValue("has a # without 64 hexadecimal digits behind it");
    }

    @Override
    public String toString() {
        return path;
    }
}
