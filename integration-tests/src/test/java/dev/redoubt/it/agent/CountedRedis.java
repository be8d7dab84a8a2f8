package dev.redoubt.it.agent;

import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;

/** A Redis that tells how many connections it was given, by its own count. One connection looks on, and is not counted. Confined to one thread. */
final class CountedRedis implements AutoCloseable {
    private final RedisServer redis = RedisServer.started("--appendonly", "no");
    private final RawClient observer = redis.connect();
    private long before;

    int port() {
        return redis.port();
    }

    RedisServer server() {
        return redis;
    }

    /** Without data, and the count at zero. */
    void reset() {
        observer.call("FLUSHALL");
        before = field("total_connections_received");
    }

    /** Connections since {@link #reset}. */
    long received() {
        return field("total_connections_received") - before;
    }

    /** Connections at this moment. */
    long connected() {
        return field("connected_clients") - 1;
    }

    private long field(String name) {
        return ((String) observer.call("INFO"))
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        observer.close();
        redis.close();
    }
}
