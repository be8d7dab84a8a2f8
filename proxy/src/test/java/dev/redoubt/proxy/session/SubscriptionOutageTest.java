package dev.redoubt.proxy.session;

import static dev.redoubt.proxy.session.Pushes.array;
import static dev.redoubt.proxy.session.Pushes.push;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How subscriptions end, and how they do not. */
class SubscriptionOutageTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    private FakeConnection link() {
        return fixture.redis().connection("subscriptions");
    }

    /** A client that has subscribed to that channel, first or not. */
    private Client subscribed(String channel) {
        Client one = fixture.connect();
        one.send("SUBSCRIBE " + channel);
        link().takeReceived();
        link().reply(push("subscribe", channel, 1));
        one.expect(array("subscribe", channel, 1));
        return one;
    }

    private static List<String> upper(List<String> commands) {
        return commands.stream()
                .map(command -> {
                    int space = (command + " ").indexOf(' ');
                    return command.substring(0, space).toUpperCase(Locale.ROOT) + command.substring(space);
                })
                .toList();
    }

    // ---- ends and outages

    @Test
    void subscriptionEndsWithItsClient() {
        Client first = subscribed("news");

        first.socket().receiveEnd();

        assertFalse(first.isOpen());
        assertEquals(List.of("UNSUBSCRIBE news"), upper(link().takeReceived()));
    }

    @Test
    void subscribersStayThroughAnOutageAndAreSubscribedAgainBeforeTraffic() {
        Client first = subscribed("news");
        fixture.redis().goAway();
        client.send("PUBLISH news hi");
        fixture.loop().advanceMillis(300);
        assertTrue(first.isOpen());
        fixture.redis().restart();
        fixture.loop().advanceMillis(300);

        assertEquals(List.of("SUBSCRIBE news"), upper(link().takeReceived()));
        assertEquals(List.of(), fixture.data().takeReceived());
        link().reply(push("subscribe", "news", 1));

        assertEquals(List.of("PUBLISH news hi"), fixture.data().takeReceived());
        link().reply(push("message", "news", "hi"));
        first.expect(array("message", "news", "hi"));
    }

    @Test
    void trafficDoesNotWaitForSubscriptionsForEver() {
        subscribed("news");
        fixture.redis().goAway();
        client.send("GET a");
        fixture.redis().restart();

        fixture.loop().advanceMillis(2_500);

        assertEquals(List.of("GET a"), fixture.data().takeReceived());
    }

    @Test
    void whoLeavesDuringAnOutageIsConfirmedAtOnce() {
        Client first = subscribed("news");
        first.send("UNSUBSCRIBE news");
        fixture.redis().goAway();
        first.expect(array("unsubscribe", "news", 0));

        first.send("UNSUBSCRIBE", "SUBSCRIBE other", "UNSUBSCRIBE other");
        first.expect("*3\r\n$11\r\nunsubscribe\r\n$-1\r\n:0\r\n");
        fixture.redis().comeBack();
        fixture.loop().advanceMillis(500);

        assertEquals(List.of("SUBSCRIBE other", "UNSUBSCRIBE other"), upper(link().takeReceived()));
        link().reply(push("subscribe", "other", 1) + push("unsubscribe", "other", 0));
        first.expect(array("subscribe", "other", 1) + array("unsubscribe", "other", 0));
    }

    @Test
    void subscriptionInFlightIsSentAgain() {
        client.send("SUBSCRIBE news");
        assertEquals(List.of("SUBSCRIBE news"), upper(link().takeReceived()));
        link().lose();
        client.expect("");

        fixture.loop().advanceMillis(500);

        assertEquals(List.of("SUBSCRIBE news"), upper(link().takeReceived()));
    }

    @Test
    void subscriptionThatCannotBeHadIsAnErrorInTime() {
        fixture.redis().goAway();
        client.send("SUBSCRIBE news", "UNSUBSCRIBE news");
        fixture.loop().advanceMillis(9_900);
        client.expect("");

        fixture.loop().advanceMillis(200);

        String answer = client.received();
        assertTrue(answer.startsWith("-UNAVAILABLE "), answer);
        assertTrue(answer.endsWith(array("unsubscribe", "news", 0)), answer);
    }

    @Test
    void sessionsWhoseChannelIsForbiddenByNowEndAndOthersStay() {
        Client first = subscribed("news");
        Client second = subscribed("secret");
        link().lose();
        fixture.loop().advanceMillis(500);
        link().takeReceived();

        link().reply("-NOPERM no\r\n");
        assertEquals(2, link().takeReceived().size());
        link().reply(push("subscribe", "news", 1) + "-NOPERM no\r\n");

        assertEquals(1, (first.isOpen() ? 1 : 0) + (second.isOpen() ? 1 : 0));
    }

    @Test
    void slowSubscriberIsCutOffAndOthersGoOn() {
        Client slow = subscribed("news");
        Client fast = subscribed("news");
        slow.socket().takeOnly(0);
        String message = push("message", "news", "x".repeat(50_000));

        int sent = 0;
        while (sent < 30 && slow.isOpen()) {
            link().reply(message);
            sent++;
        }

        assertFalse(slow.isOpen());
        assertEquals(sent, fast.received().split("message", -1).length - 1);
    }
}
