package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.RawClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One client that sets a key of its own, reads it back, and may count with another, until it is stopped. It knows what it was told, so that it can say afterwards
 * whether Redis holds that. The counters are read by the test's thread.
 */
final class LoadWorker implements Runnable {
    private static final int MAX_ROUNDS = 500_000;

    private final String name;
    private final LoadClient client;
    private final boolean counts;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private volatile int rounds;
    private volatile long counted;
    private volatile long inDoubt;
    private long lastCount;

    LoadWorker(String name, LoadClient client, boolean counts) {
        this.name = name;
        this.client = client;
        this.counts = counts;
    }

    int rounds() {
        return rounds;
    }

    boolean hasFailed() {
        return !failures.isEmpty();
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        for (int i = 1; !stopped && i <= MAX_ROUNDS && failures.size() < 5; i++) {
            setAndGet("value-" + i);
            if (counts) {
                count();
            }
            rounds = i;
        }
    }

    private void setAndGet(String value) {
        try {
            client.set(name, value);
            String read = client.get(name);
            if (!value.equals(read)) {
                failures.add("GET gave " + read + " after SET " + value);
            }
        } catch (RuntimeException e) {
            failures.add("SET or GET of " + value + ": " + e);
        }
    }

    private void count() {
        try {
            long reply = client.incr(counter());
            counted++;
            if (reply <= lastCount) {
                failures.add("INCR gave " + reply + " after " + lastCount);
            }
            lastCount = reply;
        } catch (RuntimeException e) {
            if (String.valueOf(e.getMessage()).startsWith("INDOUBT")) {
                inDoubt++;
            } else {
                failures.add("INCR: " + e);
            }
        }
    }

    /** No error but INDOUBT on INCR; the last SET is there; the count is that of the acknowledged, or more by some that are in doubt. */
    void verify(RawClient direct) {
        assertEquals(List.of(), failures, name);
        assertEquals("value-" + rounds, direct.call("GET", name), name);
        if (counts) {
            long count = Long.parseLong((String) direct.call("GET", counter()));
            String described =
                    name + ": Redis counted " + count + ", acknowledged " + counted + ", in doubt " + inDoubt;
            assertTrue(counted <= count && count <= counted + inDoubt, described);
        }
    }

    long inDoubt() {
        return inDoubt;
    }

    private String counter() {
        return name + ":counter";
    }
}
