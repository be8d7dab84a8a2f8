package dev.redoubt.proxy.session;

import static dev.redoubt.proxy.session.Pushes.push;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that tracks keys has a data connection of its own, and its invalidations reach whoever they are for. */
class TrackingTest extends TrackingScene {

    private final FakeConnection data = fixture.data();

    // ---- where commands go

    @Test
    void allGoesOverOneConnectionOfTheSessionsOwn() {
        hello3(client);
        track(" OPTIN");

        client.send("CLIENT CACHING YES", "GET a", "BLPOP b 0", "WATCH a", "UNWATCH", "XREAD BLOCK 0 STREAMS s $");

        assertEquals(
                List.of("CLIENT CACHING YES", "GET a", "BLPOP b 0", "WATCH a", "UNWATCH", "XREAD BLOCK 0 STREAMS s $"),
                own().takeReceived());
        assertEquals(List.of(), data.takeReceived());
    }

    @Test
    void scriptsAndLargeRepliesAreReadOnItToo() {
        track("");

        client.send("EVAL return 0", "KEYS *");

        assertEquals(List.of("EVAL return 0", "KEYS *"), own().takeReceived());
    }

    @Test
    void transactionThatWouldRunElsewhereIsRefused() {
        track("");

        client.send("MULTI", "SELECT 3", "GET a", "EXEC");

        String replies = client.received();
        assertTrue(replies.startsWith("+OK\r\n-ERR a command about the connection is not possible"), replies);
        assertTrue(replies.contains("+QUEUED\r\n-EXECABORT "), replies);
        assertEquals(List.of(), own().takeReceived());
    }

    @Test
    void nothingIsTrackedWhileALeaseWatches() {
        client.send("WATCH a");
        fixture.lease().reply("+OK\r\n");
        client.expect("+OK\r\n");

        client.send("CLIENT TRACKING ON");

        assertTrue(client.received().startsWith("-ERR CLIENT TRACKING is not possible through Redoubt while keys"));
        assertEquals(List.of(), fixture.redis().connections("tracking"));
    }

    @Test
    void clientThatWantsNoRepliesTracksInSilence() {
        client.send("CLIENT REPLY OFF", "CLIENT TRACKING ON");
        assertEquals(List.of("CLIENT TRACKING ON"), own().takeReceived());
        own().reply("+OK\r\n");
        client.expect("");

        client.send("CLIENT REPLY ON", "GET a");

        client.expect("+OK\r\n");
        assertEquals(List.of("GET a"), own().takeReceived());
    }

    @Test
    void whatRedisRefusesChangesNothing() {
        client.send("CLIENT TRACKING ON PREFIX a", "GET a");
        FakeConnection own = own();
        assertEquals(List.of("CLIENT TRACKING ON PREFIX a"), own.takeReceived());

        own.reply("-ERR PREFIX option requires BCAST mode to be enabled\r\n");

        client.expect("-ERR PREFIX option requires BCAST mode to be enabled\r\n");
        assertFalse(own.isOpen());
        assertEquals(List.of("GET a"), data.takeReceived());
    }

    @Test
    void withTheEndOfTrackingTheSessionIsAsAnyOther() {
        track("");
        client.send("CLIENT TRACKING OFF", "GET a");
        FakeConnection own = own();
        assertEquals(List.of("CLIENT TRACKING OFF"), own.takeReceived());

        own.reply("+OK\r\n");

        client.expect("+OK\r\n");
        assertFalse(own.isOpen());
        assertEquals(List.of("GET a"), data.takeReceived());
        assertEquals(0, fixture.house().leases().held());
    }

    @Test
    void sessionThatNeverTrackedAsksTheSharedConnection() {
        client.send("CLIENT TRACKING OFF", "CLIENT GETREDIR", "CLIENT TRACKINGINFO");

        assertEquals(List.of("CLIENT TRACKING OFF"), data.takeReceived());
        data.reply("+OK\r\n");
        client.expect("+OK\r\n:-1\r\n");
        assertEquals(List.of("CLIENT TRACKINGINFO"), data.takeReceived());
    }

    @Test
    void otherDatabaseProtocolAndUserAreSaidOnTheSameConnection() {
        fixture.redis().password("app", "secret");
        track(" BCAST");

        client.send("HELLO 3 AUTH app secret");
        client.send("SELECT 3", "GET a");

        assertEquals(List.of("AUTH app secret", "HELLO 3", "SELECT 0"), own().takeReceived()); // whether it may
        own().reply("+OK\r\n%0\r\n+OK\r\n");
        assertEquals(List.of("SELECT 3", "GET a"), own().takeReceived());
        own().reply("+OK\r\n_\r\n");
        assertTrue(client.received().endsWith("+OK\r\n_\r\n"));
    }

    @Test
    void connectionEndsWithItsClient() {
        track("");
        FakeConnection own = own();

        client.socket().receiveEnd();

        assertFalse(own.isOpen());
        assertEquals(0, fixture.house().leases().held());
    }

    @Test
    void sessionsThatTrackAreCountedAsLeases() {
        for (int i = 0; i < 3; i++) {
            Client one = fixture.connect();
            one.send("CLIENT TRACKING ON");
            own().reply("+OK\r\n");
            one.expect("+OK\r\n");
        }

        client.send("CLIENT TRACKING ON");

        client.expect("-UNAVAILABLE all 3 leased connections are in use (leases.max); the command was not applied\r\n");
    }

    // ---- invalidations

    @Test
    void invalidationsComeBetweenReplies() {
        hello3(client);
        track("");
        client.send("GET a", "DEL a");

        own().reply("$1\r\n1\r\n" + INVALIDATE_A + ":1\r\n");

        client.expect("$1\r\n1\r\n" + INVALIDATE_A + ":1\r\n");
    }

    @Test
    void invalidationThatIsTooLargeToBeKeptInvalidatesAll() {
        hello3(client);
        track(" BCAST");

        own().reply(">2\r\n$10\r\ninvalidate\r\n*1\r\n$2000000\r\n" + "k".repeat(2_000_000) + "\r\n");

        client.expect(INVALIDATE_ALL);
    }

    @Test
    void redirectedInvalidationsReachTheClientThatWasNamed() {
        Client resp3 = fixture.connect();
        hello3(resp3);
        long id = idOf(resp3);
        track(" REDIRECT " + id);
        assertEquals(1, fixture.redis().connections("invalidations").size());

        receiver().reply(INVALIDATE_A);

        resp3.expect(INVALIDATE_A);
        client.expect("");
    }

    @Test
    void redisHearsItsOwnIdAndTheClientItsProxys() {
        Client target = fixture.connect();
        long id = idOf(target);
        client.send("CLIENT TRACKING ON REDIRECT " + id);
        assertEquals(List.of("CLIENT TRACKING ON REDIRECT " + receiver().id()), own().takeReceived());
        own().reply("+OK\r\n");
        client.expect("+OK\r\n");

        client.send("CLIENT GETREDIR", "CLIENT TRACKINGINFO");
        own().reply("*6\r\n$5\r\nflags\r\n*1\r\n$2\r\non\r\n$8\r\nredirect\r\n:"
                + receiver().id() + "\r\n$8\r\nprefixes\r\n*0\r\n");

        client.expect(":" + id + "\r\n*6\r\n$5\r\nflags\r\n*1\r\n$2\r\non\r\n$8\r\nredirect\r\n:" + id
                + "\r\n$8\r\nprefixes\r\n*0\r\n");
    }

    @Test
    void resp2ClientHearsOfInvalidationsOnlyWhileItIsSubscribed() {
        Client target = fixture.connect();
        track(" REDIRECT " + idOf(target));
        receiver().reply(INVALIDATE_A);
        target.expect("");
        target.send("SUBSCRIBE __redis__:invalidate");
        fixture.redis().connection("subscriptions").reply(push("subscribe", "__redis__:invalidate", 1));
        target.received();

        receiver().reply(INVALIDATE_A + INVALIDATE_ALL);

        String head = "*3\r\n$7\r\nmessage\r\n$20\r\n__redis__:invalidate\r\n";
        target.expect(head + "*1\r\n$1\r\na\r\n" + head + "$-1\r\n");
    }

    @Test
    void wrongRedirectionsAreRefusedInRedissWords() {
        client.send("CLIENT TRACKING ON REDIRECT 999", "CLIENT TRACKING ON REDIRECT x");

        client.expect("-ERR The client ID you want redirect to does not exist\r\n"
                + "-ERR value is not an integer or out of range\r\n");
    }

    @Test
    void brokenRedirectionIsToldWithTheProxysId() {
        Client target = fixture.connect();
        hello3(client);
        long id = idOf(target);
        track(" REDIRECT " + id);
        FakeConnection receiver = receiver();

        target.send("QUIT");
        assertFalse(receiver.isOpen());
        own().reply(">2\r\n$21\r\ntracking-redir-broken\r\n:" + receiver.id() + "\r\n");

        client.expect(">2\r\n$21\r\ntracking-redir-broken\r\n:" + id + "\r\n");
    }

    @Test
    void receiverEndsWithTheLastWhoRedirectsToIt() {
        Client target = fixture.connect();
        long id = idOf(target);
        track(" REDIRECT " + id);
        Client other = fixture.connect();
        other.send("CLIENT TRACKING ON REDIRECT " + id);
        own().reply("+OK\r\n");
        FakeConnection receiver = receiver();

        client.socket().receiveEnd();
        assertTrue(receiver.isOpen());
        other.socket().receiveEnd();

        assertFalse(receiver.isOpen());
    }
}
