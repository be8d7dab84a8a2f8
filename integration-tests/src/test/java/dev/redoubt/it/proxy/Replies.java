package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.RedisError;

/** What tests say about replies. */
final class Replies {
    private Replies() {}

    static void assertError(String code, Object reply) {
        assertTrue(
                reply instanceof RedisError error && error.code().equals(code),
                () -> "an error " + code + " expected: " + reply);
    }
}
