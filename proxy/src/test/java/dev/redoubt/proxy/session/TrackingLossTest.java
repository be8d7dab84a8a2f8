package dev.redoubt.proxy.session;

import static dev.redoubt.proxy.session.Pushes.array;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.status.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that tracks keys goes on doing so through a loss of its connection, and its client never keeps what it missed the end of. */
class TrackingLossTest extends TrackingScene {

    // ---- losses

    @Test
    void lossInvalidatesAllAndTrackingIsSwitchedOnAgain() {
        hello3(client);
        track(" BCAST PREFIX a");
        track(" BCAST PREFIX b NOLOOP");
        fixture.redis().goAway();
        client.expect(INVALIDATE_ALL);
        client.send("GET a");
        assertTrue(client.isOpen());

        fixture.redis().restart();
        fixture.loop().advanceMillis(300);

        assertEquals(List.of("CLIENT TRACKING ON BCAST NOLOOP PREFIX a PREFIX b"), own().introduced());
        assertEquals(List.of("GET a"), own().takeReceived());
        own().reply("$1\r\n1\r\n" + INVALIDATE_A);
        client.expect(INVALIDATE_ALL + "$1\r\n1\r\n" + INVALIDATE_A);
    }

    @Test
    void readInFlightIsRepeatedOnTheNewConnection() {
        hello3(client);
        track("");
        client.send("GET a", "INCR b");
        own().takeReceived();

        fixture.redis().goAway();
        fixture.redis().restart();
        fixture.loop().advanceMillis(300);

        assertEquals(List.of("GET a"), own().takeReceived());
        own().reply("$1\r\n1\r\n");
        String replies = client.received();
        assertTrue(replies.startsWith(INVALIDATE_ALL + INVALIDATE_ALL + "$1\r\n1\r\n-INDOUBT"), replies);
    }

    @Test
    void idleSessionTracksAgainToo() {
        hello3(client);
        track("");
        fixture.redis().goAway();
        fixture.redis().comeBack();

        fixture.loop().advanceMillis(500);

        assertEquals(List.of("CLIENT TRACKING ON"), own().introduced());
        client.expect(INVALIDATE_ALL + INVALIDATE_ALL);
    }

    @Test
    void lossOfOneSessionsConnectionIsNoOutage() {
        hello3(client);
        track("");

        own().lose();
        fixture.loop().advanceMillis(300);

        assertTrue(fixture.house().server().isUp());
        assertEquals(0, fixture.count(Counter.OUTAGES));
        assertEquals(List.of("CLIENT TRACKING ON"), own().introduced());
    }

    @Test
    void afterALossRedirectionGoesToTheNewConnectionOfItsTarget() {
        Client target = fixture.connect();
        hello3(target);
        track(" REDIRECT " + idOf(target));
        fixture.redis().goAway();
        fixture.redis().restart();

        fixture.loop().advanceMillis(500);

        assertEquals(List.of("CLIENT TRACKING ON REDIRECT " + receiver().id()), own().introduced());
        assertTrue(target.received().startsWith(INVALIDATE_ALL));
        receiver().reply(INVALIDATE_A);
        target.expect(INVALIDATE_A);
    }

    @Test
    void lossOfTheReceiverAloneIsToldToRedis() {
        Client target = fixture.connect();
        hello3(target);
        track(" REDIRECT " + idOf(target));

        receiver().lose();
        fixture.loop().advanceMillis(300);

        assertEquals(List.of("CLIENT TRACKING ON REDIRECT " + receiver().id()), own().takeReceived());
        target.expect(INVALIDATE_ALL + INVALIDATE_ALL);
    }

    @Test
    void redirectionToAClientThatLeftIsBrokenAfterALoss() {
        Client target = fixture.connect();
        hello3(client);
        long id = idOf(target);
        track(" REDIRECT " + id);
        target.send("QUIT");
        fixture.redis().goAway();
        fixture.redis().restart();

        fixture.loop().advanceMillis(500);

        assertEquals(List.of(), own().introduced());
        client.send("CLIENT TRACKINGINFO");
        client.expect(">2\r\n$21\r\ntracking-redir-broken\r\n:" + id + "\r\n"
                + "%3\r\n$5\r\nflags\r\n~2\r\n$2\r\non\r\n$15\r\nbroken_redirect\r\n"
                + "$8\r\nredirect\r\n:" + id + "\r\n$8\r\nprefixes\r\n*0\r\n");
    }

    // ---- transactions and waits

    @Test
    void transactionRunsOnTheConnectionThatWatches() {
        track("");
        client.send("WATCH a", "MULTI", "SET a 1", "EXEC");
        assertEquals(List.of("WATCH a"), own().takeReceived());
        own().reply("+OK\r\n");

        assertEquals(List.of("MULTI", "SET a 1", "EXEC", "UNWATCH"), own().takeReceived());
        own().reply("+OK\r\n+QUEUED\r\n*-1\r\n+OK\r\n");

        client.expect("+OK\r\n+OK\r\n+QUEUED\r\n*-1\r\n");
    }

    @Test
    void discardUnwatches() {
        track("");

        client.send("WATCH a", "MULTI", "DISCARD");
        own().reply("+OK\r\n");

        assertEquals(List.of("WATCH a", "UNWATCH"), own().takeReceived());
        client.expect("+OK\r\n+OK\r\n+OK\r\n");
    }

    @Test
    void lostWatchLetsExecGiveNil() {
        track("");
        client.send("WATCH a");
        own().reply("+OK\r\n");
        client.received();
        own().lose();
        fixture.loop().advanceMillis(300);

        client.send("MULTI", "SET a 1", "EXEC");

        client.expect("+OK\r\n+QUEUED\r\n*-1\r\n");
        assertEquals(List.of(), own().takeReceived());
    }

    @Test
    void watchedTransactionIsNeverSentOnAnotherConnection() {
        track("");
        client.send("WATCH a");
        own().reply("+OK\r\n");
        client.received();
        own().socket().takeOnly(0);
        client.send("MULTI", "SET a 1", "EXEC");
        own().lose();
        fixture.loop().advanceMillis(300);

        String replies = client.received();
        assertTrue(replies.startsWith("+OK\r\n+QUEUED\r\n-UNAVAILABLE") || replies.contains("-INDOUBT"), replies);
        assertFalse(own().takeReceived().contains("EXEC"));
    }

    @Test
    void waitOfMinutesIsNoStall() {
        track("");
        client.send("BLPOP b 0");

        fixture.loop().advanceMillis(300_000);

        assertEquals(List.of("BLPOP b 0"), own().takeReceived());
        own().reply("*2\r\n$1\r\nb\r\n$1\r\n1\r\n");
        client.expect(array("b", "1"));
    }

    @Test
    void commandThatWaitsKeepsItsOwnTimeOutThroughAnOutage() {
        track("");
        fixture.redis().goAway();
        client.send("BLPOP b 3");
        fixture.loop().advanceMillis(2_990);
        client.expect("");

        fixture.loop().advanceMillis(15);

        client.expect("*-1\r\n");
    }
}
