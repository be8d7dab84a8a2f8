package dev.redoubt.proxy.fallback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;

/** The newest conflicts as hashes: keys may be nobody's business. Confined to the lane's event loop. */
final class Conflicts {
    private static final int MOST_KEPT = 1000;
    private static final int HASH_BYTES = 8;

    private final ArrayDeque<String> newest = new ArrayDeque<>();

    void add(StoreKey key) {
        if (newest.size() == MOST_KEPT) {
            newest.remove();
        }
        newest.add(hash(key));
    }

    List<String> newest() {
        return List.copyOf(newest);
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
