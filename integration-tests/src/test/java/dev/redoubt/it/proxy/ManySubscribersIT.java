package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many subscribers to many channels need one connection to Redis; one that does not read is cut off, and nobody else notices. */
@Timeout(120)
class ManySubscribersIT {
    private static final int SUBSCRIBERS = 1_000;
    private static final int CHANNELS_EACH = 10;

    private static RedisServer redis;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        new ProxyPages(proxy).awaitState("up");
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void aThousandSubscribersAndTenThousandChannelsShareOneConnection() {
        List<RawClient> subscribers = new ArrayList<>();
        try (RawClient publisher = proxy.connect()) {
            for (int i = 0; i < SUBSCRIBERS; i++) {
                subscribers.add(subscriber(i));
            }
            subscribers.forEach(ManySubscribersIT::readConfirmations);

            assertEquals(1, subscriptionConnections().size());
            assertTrue(
                    subscriptionConnections().get(0).contains(" sub=" + (SUBSCRIBERS * CHANNELS_EACH + 1) + " psub=1 "),
                    () -> subscriptionConnections().get(0));
            assertEquals(List.of("all", (long) SUBSCRIBERS), publisher.call("PUBSUB", "NUMSUB", "all"));
            assertEquals(2L * SUBSCRIBERS, publisher.call("PUBLISH", "all", "to everybody, twice"));
            for (int i = 0; i < SUBSCRIBERS; i++) {
                assertEquals(1L, publisher.call("PUBLISH", "own:" + i + ":7", "to " + i));
            }
            for (int i = 0; i < SUBSCRIBERS; i++) {
                RawClient one = subscribers.get(i);
                assertEquals(List.of("message", "all", "to everybody, twice"), one.read());
                assertEquals(List.of("pmessage", "a*", "all", "to everybody, twice"), one.read());
                assertEquals(List.of("message", "own:" + i + ":7", "to " + i), one.read());
            }
        } finally {
            subscribers.forEach(RawClient::close);
        }
    }

    private static RawClient subscriber(int number) {
        RawClient client = proxy.connect().timeout(Duration.ofSeconds(60));
        String[] command = new String[CHANNELS_EACH + 2];
        command[0] = "SUBSCRIBE";
        command[1] = "all";
        IntStream.range(0, CHANNELS_EACH).forEach(i -> command[i + 2] = "own:" + number + ":" + i);
        client.sendAll(command, new String[] {"PSUBSCRIBE", "a*"});
        return client;
    }

    private static void readConfirmations(RawClient subscriber) {
        for (int i = 0; i < CHANNELS_EACH + 2; i++) {
            List<?> confirmation = (List<?>) subscriber.read();
            assertEquals(i + 1L, confirmation.get(2));
        }
    }

    private static List<String> subscriptionConnections() {
        try (RawClient direct = redis.connect()) {
            return ((String) direct.call("CLIENT", "LIST"))
                    .lines()
                    .filter(line -> line.contains("redoubt-subscriptions"))
                    .toList();
        }
    }

    /** 80 MB: more than the sockets on the way take, and the 32 MB of Redis's limit. */
    @Test
    void whoDoesNotReadIsCutOffAndOthersGetAll() {
        String message = "x".repeat(100_000);
        int messages = 800;
        try (RawClient slow = proxy.connect();
                RawClient fast = proxy.connect();
                RawClient publisher = proxy.connect()) {
            slow.call("SUBSCRIBE", "flood");
            fast.call("SUBSCRIBE", "flood");
            long[] received = {0};
            Thread reader = new Thread(() -> {
                while (received[0] < messages) {
                    assertEquals(message, ((List<?>) fast.read()).get(2));
                    received[0]++;
                }
            });
            reader.start();

            for (int i = 0; i < messages; i++) {
                publisher.call("PUBLISH", "flood", message);
            }

            Eventually.until("all messages", () -> !reader.isAlive());
            assertEquals(messages, received[0]);
            Eventually.until(
                    "one subscriber",
                    () -> publisher.call("PUBSUB", "NUMSUB", "flood").equals(List.of("flood", 1L)));
            assertEquals(1L, publisher.call("PUBLISH", "flood", "more"));
            assertTrue(
                    proxy.output().contains("clients.output-buffer-limit.pubsub")
                            || proxy.output().contains("clients.output-limit"),
                    proxy::output);
        }
    }

    @Test
    void keyspaceNotificationsReachSubscribersInOrder() {
        try (RawClient client = proxy.connect();
                RawClient subscriber = proxy.connect()) {
            client.call("CONFIG", "SET", "notify-keyspace-events", "KEA");
            subscriber.call("PSUBSCRIBE", "__key*__:*");

            client.call("SET", "noticed", "1");
            client.call("DEL", "noticed");

            assertEquals(List.of("pmessage", "__key*__:*", "__keyspace@0__:noticed", "set"), subscriber.read());
            assertEquals(List.of("pmessage", "__key*__:*", "__keyevent@0__:set", "noticed"), subscriber.read());
            assertEquals(List.of("pmessage", "__key*__:*", "__keyspace@0__:noticed", "del"), subscriber.read());
            assertEquals(List.of("pmessage", "__key*__:*", "__keyevent@0__:del", "noticed"), subscriber.read());
            client.call("CONFIG", "SET", "notify-keyspace-events", "");
        }
    }
}
