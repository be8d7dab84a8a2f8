package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.Push;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscriptions of all clients share a connection, MONITOR has one of its own; neither can be told from Redis. */
@Timeout(30)
class PubSubIT {
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
    void aSubscriberGetsItsMessagesInOrder() {
        try (RawClient subscriber = proxy.connect();
                RawClient publisher = proxy.connect()) {
            assertEquals(List.of("subscribe", "news", 1L), subscriber.call("SUBSCRIBE", "news"));
            for (int i = 0; i < 100; i++) {
                assertEquals(1L, publisher.call("PUBLISH", "news", "message-" + i));
            }
            for (int i = 0; i < 100; i++) {
                assertEquals(List.of("message", "news", "message-" + i), subscriber.read());
            }
            assertError("ERR", subscriber.call("GET", "k"));
            assertEquals(List.of("pong", ""), subscriber.call("PING"));
        }
    }

    @Test
    void subscribersStayThroughARestart() {
        try (RawClient subscriber = proxy.connect();
                RawClient publisher = proxy.connect()) {
            subscriber.call("SUBSCRIBE", "news");
            subscriber.call("PSUBSCRIBE", "sport.*");

            redis.restart();

            assertEquals(1L, publisher.call("PUBLISH", "news", "back"));
            assertEquals(1L, publisher.call("PUBLISH", "sport.chess", "mate"));
            assertEquals(List.of("message", "news", "back"), subscriber.read());
            assertEquals(List.of("pmessage", "sport.*", "sport.chess", "mate"), subscriber.read());
        }
    }

    @Test
    void patternsMatch() {
        try (RawClient subscriber = proxy.connect();
                RawClient publisher = proxy.connect()) {
            assertEquals(List.of("psubscribe", "sport.*", 1L), subscriber.call("PSUBSCRIBE", "sport.*"));

            assertEquals(1L, publisher.call("PUBLISH", "sport.chess", "mate"));

            assertEquals(List.of("pmessage", "sport.*", "sport.chess", "mate"), subscriber.read());
        }
    }

    @Test
    void countsAreThoseOfRedis() {
        try (RawClient first = proxy.connect();
                RawClient second = proxy.connect();
                RawClient third = proxy.connect();
                RawClient publisher = proxy.connect()) {
            first.call("SUBSCRIBE", "counted.a");
            second.call("SUBSCRIBE", "counted.a");
            second.call("PSUBSCRIBE", "counted.*");
            third.call("PSUBSCRIBE", "counted.*");
            third.call("SSUBSCRIBE", "counted.a");
            first.call("SSUBSCRIBE", "counted.a");

            assertEquals(4L, publisher.call("PUBLISH", "counted.a", "hi"));
            assertEquals(2L, publisher.call("PUBLISH", "counted.b", "hi"));
            assertEquals(2L, publisher.call("SPUBLISH", "counted.a", "hi"));
            assertEquals(
                    List.of("counted.a", 2L, "counted.b", 0L),
                    publisher.call("PUBSUB", "NUMSUB", "counted.a", "counted.b"));
            assertEquals(List.of("counted.a", 2L), publisher.call("PUBSUB", "SHARDNUMSUB", "counted.a"));
            assertEquals(List.of("counted.a"), publisher.call("PUBSUB", "CHANNELS", "counted.*"));
            assertEquals(List.of("counted.a"), publisher.call("PUBSUB", "SHARDCHANNELS", "counted.*"));
            assertEquals(1L, publisher.call("PUBSUB", "NUMPAT"));
        }
    }

    @Test
    void withResp3MessagesArePushesAndCommandsGoOn() {
        try (RawClient client = proxy.connect();
                RawClient publisher = proxy.connect()) {
            client.call("HELLO", "3");
            assertEquals(new Push(List.of("subscribe", "resp3", 1L)), client.call("SUBSCRIBE", "resp3"));
            publisher.call("PUBLISH", "resp3", "hello");
            assertEquals(new Push(List.of("message", "resp3", "hello")), client.read());

            assertEquals("OK", client.call("SET", "k", "while subscribed"));
            assertEquals("while subscribed", client.call("GET", "k"));
        }
    }

    @Test
    void anEarlierWriteIsDoneWhenTheSubscriptionIs() {
        try (RawClient client = proxy.connect();
                RawClient other = proxy.connect()) {
            client.sendAll(new String[] {"SET", "before", "done"}, new String[] {"SUBSCRIBE", "channel"});

            assertEquals("OK", client.read());
            assertEquals(List.of("subscribe", "channel", 1L), client.read());
            assertEquals("done", other.call("GET", "before"));
        }
    }

    @Test
    void afterItsLastUnsubscribeAClientGoesOnInItsDatabase() {
        try (RawClient client = proxy.connect();
                RawClient other = proxy.connect()) {
            client.call("SELECT", "4");
            client.call("SUBSCRIBE", "channel");
            assertEquals(List.of("unsubscribe", "channel", 0L), client.call("UNSUBSCRIBE", "channel"));

            assertEquals("OK", client.call("SET", "database", "four"));

            other.call("SELECT", "4");
            assertEquals("four", other.call("GET", "database"));
        }
    }

    @Test
    void theUpstreamConnectionGoesWithTheSubscriber() {
        try (RawClient subscriber = proxy.connect()) {
            subscriber.call("SUBSCRIBE", "short-lived");
            assertEquals(1, subscribers("short-lived"));
        }
        Eventually.until("no subscriber", () -> subscribers("short-lived") == 0);
    }

    @Test
    void monitorShowsWhatEverybodyDoes() {
        try (RawClient monitor = proxy.connect();
                RawClient other = proxy.connect()) {
            assertEquals("OK", monitor.call("MONITOR"));

            other.call("SET", "monitored", "yes");

            String line = (String) monitor.read();
            while (!line.contains("\"monitored\"")) {
                line = (String) monitor.read(); // the proxy's own PING, say
            }
            assertTrue(line.endsWith("\"SET\" \"monitored\" \"yes\""), line);
        }
    }

    private static long subscribers(String channel) {
        try (RawClient direct = redis.connect()) {
            return (Long) ((List<?>) direct.call("PUBSUB", "NUMSUB", channel)).get(1);
        }
    }
}
