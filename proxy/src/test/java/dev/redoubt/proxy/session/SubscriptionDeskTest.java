package dev.redoubt.proxy.session;

import static dev.redoubt.proxy.session.Pushes.array;
import static dev.redoubt.proxy.session.Pushes.push;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All subscribe over one connection, and each sees what it would see on one of its own. */
class SubscriptionDeskTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();
    private final FakeConnection data = fixture.data();

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

    private void hello3(Client one) {
        one.send("HELLO 3");
        assertTrue(one.received().startsWith("%7"));
    }

    // ---- shapes

    @Test
    void resp2ClientGetsArraysAndResp3ClientGetsPushes() {
        Client three = fixture.connect();
        hello3(three);
        client.send("SUBSCRIBE news");
        link().reply(push("subscribe", "news", 1));
        three.send("SUBSCRIBE news");
        link().reply(push("subscribe", "news", 1));
        client.expect(array("subscribe", "news", 1));
        three.expect(push("subscribe", "news", 1));

        link().reply(push("message", "news", "hi") + push("message", "news", "there"));

        client.expect(array("message", "news", "hi") + array("message", "news", "there"));
        three.expect(push("message", "news", "hi") + push("message", "news", "there"));
    }

    @Test
    void everyNameIsConfirmedWithTheSessionsOwnCounts() {
        subscribed("a");
        client.send("SUBSCRIBE a b a", "PSUBSCRIBE n*", "SSUBSCRIBE s");
        assertEquals(List.of("SUBSCRIBE a b a", "PSUBSCRIBE n*", "SSUBSCRIBE s"), upper(link().takeReceived()));

        link().reply(push("subscribe", "a", 1)
                + push("subscribe", "b", 2)
                + push("subscribe", "a", 2)
                + push("psubscribe", "n*", 3)
                + push("ssubscribe", "s", 1));

        client.expect(array("subscribe", "a", 1)
                + array("subscribe", "b", 2)
                + array("subscribe", "a", 2)
                + array("psubscribe", "n*", 3)
                + array("ssubscribe", "s", 1));
    }

    private static List<String> upper(List<String> commands) {
        return commands.stream()
                .map(command -> {
                    int space = (command + " ").indexOf(' ');
                    return command.substring(0, space).toUpperCase(Locale.ROOT) + command.substring(space);
                })
                .toList();
    }

    @Test
    void leavingNothingIsConfirmedOnceWithNil() {
        client.send("UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE");

        client.expect("*3\r\n$11\r\nunsubscribe\r\n$-1\r\n:0\r\n*3\r\n$12\r\npunsubscribe\r\n$-1\r\n:0\r\n"
                + "*3\r\n$12\r\nsunsubscribe\r\n$-1\r\n:0\r\n");
    }

    @Test
    void leavingWhatWasNeverJoinedIsConfirmedToo() {
        client.send("UNSUBSCRIBE a b");

        client.expect(array("unsubscribe", "a", 0) + array("unsubscribe", "b", 0));
    }

    @Test
    void patternsAndShardedChannelsHaveMessagesOfTheirOwn() {
        client.send("PSUBSCRIBE n*", "SSUBSCRIBE news");
        link().reply(push("psubscribe", "n*", 1) + push("ssubscribe", "news", 1));
        client.received();

        link().reply(push("pmessage", "n*", "news", "hi")
                + push("smessage", "news", "ho")
                + push("message", "news", "no"));

        client.expect(array("pmessage", "n*", "news", "hi") + array("smessage", "news", "ho"));
    }

    // ---- order

    @Test
    void secondSubscriberGetsNothingThatWasPublishedBeforeItsConfirmation() {
        Client first = subscribed("news");
        client.send("SUBSCRIBE news");

        link().reply(push("message", "news", "old") + push("subscribe", "news", 1) + push("message", "news", "new"));

        client.expect(array("subscribe", "news", 1) + array("message", "news", "new"));
        first.expect(array("message", "news", "old") + array("message", "news", "new"));
    }

    @Test
    void whoLeavesGetsWhatWasPublishedBefore() {
        Client first = subscribed("news");
        subscribed("news");

        first.send("UNSUBSCRIBE news");
        assertEquals(List.of("PING"), link().takeReceived());
        link().reply(push("message", "news", "before") + "+PONG\r\n" + push("message", "news", "after"));

        first.expect(array("message", "news", "before") + array("unsubscribe", "news", 0));
    }

    @Test
    void lastMemberLeavesUpstreamToo() {
        Client first = subscribed("news");

        first.send("UNSUBSCRIBE");
        assertEquals(List.of("UNSUBSCRIBE news"), upper(link().takeReceived()));
        link().reply(push("message", "news", "before") + push("unsubscribe", "news", 0));

        first.expect(array("message", "news", "before") + array("unsubscribe", "news", 0));
    }

    @Test
    void messagesForAChannelThatWasLeftAndJoinedAgainAreToldApart() {
        Client first = subscribed("news");
        first.send("UNSUBSCRIBE news", "SUBSCRIBE news");

        link().reply(push("unsubscribe", "news", 0));
        first.expect(array("unsubscribe", "news", 0));
        link().reply(push("message", "news", "of nobody"));
        first.expect("");
        link().reply(push("subscribe", "news", 1) + push("message", "news", "new"));

        first.expect(array("subscribe", "news", 1) + array("message", "news", "new"));
    }

    @Test
    void subscriptionWaitsForEarlierRepliesAndWhatFollowsForIt() {
        hello3(client);
        client.send("GET warm");
        fixture.data().reply("_\r\n");
        client.received();
        fixture.data().takeReceived();
        client.send("GET a", "SUBSCRIBE news", "PUBLISH news hi");
        assertTrue(fixture.redis().connections("subscriptions").isEmpty());

        fixture.data().reply("$1\r\na\r\n");
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
        link().reply(push("subscribe", "news", 1));

        assertEquals(List.of("PUBLISH news hi"), fixture.data().takeReceived());
        client.expect("$1\r\na\r\n" + push("subscribe", "news", 1));
    }

    @Test
    void messageDoesNotBreakIntoALargeReply() {
        hello3(client);
        client.send("SUBSCRIBE news", "GET large");
        link().reply(push("subscribe", "news", 1));
        client.received();
        FakeConnection shared = fixture.data();
        shared.reply("$3000000\r\n" + "x".repeat(2_000_000));
        int part = client.received().length();

        link().reply(push("message", "news", "hi"));
        client.expect("");
        shared.reply("y".repeat(1_000_000) + "\r\n");

        String rest = client.received();
        assertTrue(part > 1_000_000);
        assertTrue(rest.endsWith("y\r\n" + push("message", "news", "hi")));
    }

    @Test
    void errorDoesNotOvertakeTheConfirmationBeforeIt() {
        client.send("SUBSCRIBE news", "SUBSCRIBE", "UNSUBSCRIBE news");
        client.expect("");

        link().reply(push("subscribe", "news", 1));
        link().reply(push("unsubscribe", "news", 0));

        client.expect(array("subscribe", "news", 1) + "-ERR wrong number of arguments for 'subscribe' command\r\n"
                + array("unsubscribe", "news", 0));
    }

    // ---- what a subscriber may say

    @Test
    void subscribedResp2ClientMaySayLittle() {
        Client first = subscribed("news");

        first.send("GET a", "CLIENT ID", "NOSUCH", "GET");

        String allowed =
                ": only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context\r\n";
        first.expect("-ERR Can't execute 'get'" + allowed + "-ERR Can't execute 'client|id'" + allowed
                + "-ERR unknown command 'NOSUCH', with args beginning with: \r\n"
                + "-ERR wrong number of arguments for 'get' command\r\n");
    }

    @Test
    void pingOfASubscriberComesBehindWhatWasPublished() {
        Client first = subscribed("news");

        first.send("PING", "PING hello");
        assertEquals(List.of("PING"), link().takeReceived());
        link().reply(push("message", "news", "hi") + "+PONG\r\n");
        link().reply("+PONG\r\n");

        first.expect(array("message", "news", "hi") + array("pong", "") + array("pong", "hello"));
    }

    @Test
    void clientThatLeftEverythingIsAsAnyOther() {
        Client first = subscribed("news");
        first.send("UNSUBSCRIBE");
        link().reply(push("unsubscribe", "news", 0));
        first.received();

        first.send("PING");

        assertEquals(List.of("PING"), data.takeReceived());
    }

    @Test
    void resetLeavesEverythingWithoutAWord() {
        Client first = subscribed("news");

        first.send("RESET");

        first.expect("+RESET\r\n");
        assertEquals(List.of("UNSUBSCRIBE news"), upper(link().takeReceived()));
        link().reply(push("message", "news", "late") + push("unsubscribe", "news", 0));
        first.expect("");
    }

    @Test
    void resp3ClientGoesOnWithAnyCommand() {
        hello3(client);
        client.send("SUBSCRIBE news");
        link().reply(push("subscribe", "news", 1));
        client.received();

        client.send("GET a", "PING");

        assertEquals(List.of("GET a", "PING"), fixture.data().takeReceived());
    }

    @Test
    void refusalIsRedissOwn() {
        client.send("SUBSCRIBE secret", "GET a");

        link().reply("-NOPERM this user has no permissions\r\n");

        client.expect("-NOPERM this user has no permissions\r\n");
        assertEquals(List.of("GET a"), data.takeReceived());
    }

    @Test
    void refusedNameIsLeftWhenItsOtherMemberLeftMeanwhile() {
        Client first = subscribed("news");
        client.send("SUBSCRIBE news");
        first.send("UNSUBSCRIBE news");
        assertEquals(List.of("SUBSCRIBE news", "PING"), upper(link().takeReceived()));

        link().reply("-NOPERM no\r\n+PONG\r\n");

        assertEquals(List.of("UNSUBSCRIBE news"), upper(link().takeReceived()));
    }
}
