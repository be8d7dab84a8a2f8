package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The same commands said to Redis and to the proxy: the replies must be the same, byte for byte, whether they are sent one by one or all at once. */
record Conversation(List<String> lines) {
    /** One command a line, words separated by single spaces. */
    static Conversation of(String text) {
        return new Conversation(
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
    }

    void isTheSame(RedisServer redis, ProxyProcess proxy) {
        List<String> expected = afterFlush(redis, redis.connect(), false);
        assertEquals(expected, afterFlush(redis, proxy.connect(), false), "one by one");
        assertEquals(expected, afterFlush(redis, proxy.connect(), true), "all at once");
    }

    private List<String> afterFlush(RedisServer redis, RawClient client, boolean allAtOnce) {
        try (RawClient direct = redis.connect();
                client) {
            direct.call("FLUSHALL");
            return allAtOnce ? allAtOnce(client) : oneByOne(client);
        }
    }

    private List<String> oneByOne(RawClient client) {
        List<String> replies = new ArrayList<>();
        for (String line : lines) {
            client.send(line.split(" "));
            replies.add(line + " => " + reply(client));
        }
        return replies;
    }

    private List<String> allAtOnce(RawClient client) {
        client.sendAll(lines.stream().map(line -> line.split(" ")).toArray(String[][]::new));
        List<String> replies = new ArrayList<>();
        for (String line : lines) {
            replies.add(line + " => " + reply(client));
        }
        return replies;
    }

    private static String reply(RawClient client) {
        return new String(client.readRaw(), StandardCharsets.UTF_8).replace("\r\n", "|");
    }
}
