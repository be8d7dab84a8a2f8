package dev.redoubt.it.proxy;

import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.Arrays;
import java.util.List;

/** Redis's own count of who is connected to it: CLIENT LIST, without the connection that asks. */
final class Connections {
    private Connections() {}

    /** The names of all connections, in order of the alphabet. */
    static List<String> names(RedisServer redis) {
        return lines(redis).stream().map(line -> field(line, "name")).sorted().toList();
    }

    /** The ids of the connections whose name begins so. */
    static List<String> ids(RedisServer redis, String name) {
        return lines(redis).stream()
                .filter(line -> field(line, "name").startsWith(name))
                .map(line -> field(line, "id"))
                .toList();
    }

    private static List<String> lines(RedisServer redis) {
        try (RawClient direct = redis.connect()) {
            String own = Long.toString((Long) direct.call("CLIENT", "ID"));
            return ((String) direct.call("CLIENT", "LIST"))
                    .lines()
                    .filter(line -> !field(line, "id").equals(own))
                    .toList();
        }
    }

    private static String field(String line, String name) {
        return Arrays.stream(line.split(" "))
                .filter(field -> field.startsWith(name + "="))
                .map(field -> field.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
