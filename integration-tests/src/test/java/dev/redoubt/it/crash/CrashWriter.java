package dev.redoubt.it.crash;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One client that writes to keys of its own until its proxy dies, and remembers what was acknowledged. Its {@link #run} is one
 * thread's; the rest is for afterwards.
 */
final class CrashWriter implements Runnable {
    private static final int KEYS = 20;

    private final RawClient client;
    private final Random random;
    private final String prefix;
    /** What Redis must hold; empty: no key. */
    private final Map<String, Optional<String>> acknowledged = new LinkedHashMap<>();
    /** Sent, and not answered when the proxy died: it may have happened or not. */
    private String openKey = "";

    private Optional<String> openValue = Optional.empty();
    private long answers;

    CrashWriter(ProxyProcess proxy, String prefix, long seed) {
        this.client = proxy.connect();
        this.prefix = prefix;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        try {
            for (int i = 0; ; i++) {
                openKey = prefix + random.nextInt(KEYS);
                boolean deletes = random.nextInt(6) == 0;
                openValue = deletes ? Optional.empty() : Optional.of("v" + i + "x".repeat(random.nextInt(200)));
                Object reply = deletes
                        ? client.call("DEL", openKey)
                        : client.call("SET", openKey, openValue.get(), "EX", "3000");
                if (!"OK".equals(reply) && !(reply instanceof Long)) {
                    throw new IllegalStateException("an answer that nobody expected: " + reply);
                }
                acknowledged.put(openKey, openValue);
                openKey = "";
                answers++;
            }
        } catch (RawClient.ConnectionLost killed) {
            client.close();
        }
    }

    long answers() {
        return answers;
    }

    /** What is not there that must be, in words. */
    List<String> missing(RawClient redis) {
        List<String> missing = new ArrayList<>();
        acknowledged.forEach((key, value) -> {
            Optional<String> found = Optional.ofNullable((String) redis.call("GET", key));
            boolean isOpen = key.equals(openKey) && found.equals(openValue);
            if (!found.equals(value) && !isOpen) {
                missing.add(key + ": acknowledged " + value + ", found " + found);
            }
        });
        return missing;
    }
}
