package dev.redoubt.proxy.fallback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;

/** The newest conflicts, as hashes where keys may be nobody's business. Confined to the lane's event loop. */
final class Conflicts {
    private static final int MOST_KEPT = 1000;
    private static final int HASH_BYTES = 8;

    private final ArrayDeque<String> newest = new ArrayDeque<>();

    private final boolean namesKeys;

    Conflicts(boolean namesKeys) {
        this.namesKeys = namesKeys;
    }

    void add(StoreKey key) {
        if (newest.size() == MOST_KEPT) {
            newest.remove();
        }
        newest.add(namesKeys ? name(key) : hash(key));
    }

    List<String> newest() {
        return List.copyOf(newest);
    }

    /** Bytes that are no printable ASCII as in C: a key may be anything. */
    private static String name(StoreKey key) {
        StringBuilder name = new StringBuilder().append(key.db()).append(':');
        for (byte b : key.bytes()) {
            if (b > ' ' && b < 0x7f && b != '\\') {
                name.append((char) b);
            } else {
                name.append(String.format("\\x%02x", b & 0xff));
            }
        }
        return name.toString();
    }

    /** The first 16 hexadecimal digits of the SHA-256 of database, colon, key: anybody who has a key can look for it. */
    static String hash(StoreKey key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((key.db() + ":").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(key.bytes()), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
