package dev.redoubt.it.proxy;

import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisError;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A key to which one client writes growing numbers and which others read. What was acknowledged before a read was sent is the
 * least that it may give; what was refused must never be seen; and no reader goes back.
 */
final class Register {
    private final String key;
    private final boolean isHash;
    /** The last number whose write was acknowledged. */
    private final AtomicLong acknowledged = new AtomicLong();

    private final Set<Long> refused = ConcurrentHashMap.newKeySet();
    private long number;

    Register(String key, boolean isHash) {
        this.key = key;
        this.isHash = isHash;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** By its one writer. */
    void write(RawClient client, Random random) {
        long next = ++number;
        Object reply = client.call(command(next, random));
        if (reply instanceof RedisError error) {
            switch (error.code()) {
                case "UNAVAILABLE", "BACKLOGFULL" -> refused.add(next);
                case "INDOUBT" -> {} // it may be seen, or not
                default -> throw new AssertionError("an error that nobody expected: " + error);
            }
        } else {
            acknowledged.set(next);
        }
    }

    private String[] command(long next, Random random) {
        String value = Long.toString(next);
        if (isHash) {
            return new String[] {"HSET", key, "n", value, "other" + random.nextInt(3), value};
        }
        return switch (random.nextInt(4)) {
            case 0 -> new String[] {"SET", key, value, "EX", "3000"};
            case 1 -> new String[] {"MSET", key, value};
            case 2 -> new String[] {"GETSET", key, value};
            default -> new String[] {"SET", key, value};
        };
    }

    /** By anybody; says what was read, or the last number again where nothing was. */
    long read(RawClient client, long lastRead) {
        long least = Math.max(lastRead, acknowledged.get());
        Object reply = isHash ? client.call("HGET", key, "n") : client.call("GET", key);
        if (reply instanceof RedisError error) {
            if (error.code().equals("UNAVAILABLE")) {
                return lastRead;
            }
            throw new AssertionError("an error that nobody expected: " + error);
        }
        long read = reply == null ? 0 : Long.parseLong((String) reply);
        if (read < least) {
            throw new AssertionError(key + " was read as " + read + " after " + least);
        }
        if (refused.contains(read)) {
            throw new AssertionError(key + " was read as " + read + ", which was said not to be applied");
        }
        return read;
    }
}
