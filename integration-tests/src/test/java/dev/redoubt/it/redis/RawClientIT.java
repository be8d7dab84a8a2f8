package dev.redoubt.it.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.class)
class RawClientIT {
    @Test
    void readsWhatResp2Has(RedisServer redis) {
        try (RawClient client = redis.connect()) {
            assertEquals("PONG", client.call("PING"));
            assertEquals(7L, client.call("INCRBY", "n", "7"));
            assertEquals("7", client.call("GET", "n"));
            assertNull(client.call("GET", "nothing"));
            assertEquals("WRONGTYPE", ((RedisError) client.call("LPUSH", "n", "x")).code());
            client.call("RPUSH", "list", "a", "b");
            assertEquals(List.of("a", "b"), client.call("LRANGE", "list", "0", "-1"));
        }
    }

    @Test
    void readsWhatResp3Adds(RedisServer redis) {
        try (RawClient client = redis.connect()) {
            assertEquals(3L, ((Map<?, ?>) client.call("HELLO", "3")).get("proto"));
            client.call("SADD", "set", "a", "b");
            assertEquals(Set.of("a", "b"), client.call("SMEMBERS", "set"));
            client.call("ZADD", "scores", "1.5", "a");
            assertEquals(1.5, client.call("ZSCORE", "scores", "a"));
            assertEquals(true, client.call("EVAL", "redis.setresp(3); return true", "0"));
            assertNull(client.call("GET", "nothing"));
            assertEquals(new Push(List.of("subscribe", "news", 1L)), client.call("SUBSCRIBE", "news"));
        }
    }

    @Test
    void readsTheBytesOfAFrame(RedisServer redis) {
        try (RawClient client = redis.connect()) {
            client.sendRaw("*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n");

            assertArrayEquals("$2\r\nhi\r\n".getBytes(StandardCharsets.US_ASCII), client.readRaw());
        }
    }

    @Test
    void sendsHalfACommandAtATime(RedisServer redis) {
        try (RawClient client = redis.connect()) {
            client.sendRaw("*1\r\n$4\r\nPI");
            client.sendRaw("NG\r\n");

            assertEquals("PONG", client.read());
        }
    }

    @Test
    void pipelines(RedisServer redis) {
        try (RawClient client = redis.connect()) {
            client.sendAll(new String[] {"INCR", "n"}, new String[] {"INCR", "n"}, new String[] {"GET", "n"});

            assertEquals(List.of(1L, 2L, "2"), List.of(client.read(), client.read(), client.read()));
        }
    }

    @Test
    void seesTheOtherSideClose(RedisServer redis) {
        try (RawClient client = redis.connect()) {
            assertEquals("OK", client.call("QUIT"));

            assertTrue(client.isClosedByPeer());
        }
    }
}
