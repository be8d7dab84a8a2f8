package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are watched on a lease, for as long as Redis's replies say so. */
class WatchTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void watchTakesALeaseUntilExec() {
        client.send("WATCH a");
        FakeConnection lease = fixture.lease();
        assertEquals(List.of("WATCH a"), lease.takeReceived());
        lease.reply("+OK\r\n");
        client.expect("+OK\r\n");

        client.send("GET a", "MULTI", "INCR a", "EXEC");
        assertEquals(List.of("GET a"), lease.takeReceived());
        lease.reply("$1\r\n1\r\n");
        assertEquals(List.of("MULTI", "INCR a", "EXEC"), lease.takeReceived());
        lease.reply("+OK\r\n+QUEUED\r\n*1\r\n:2\r\n");
        client.expect("$1\r\n1\r\n+OK\r\n+QUEUED\r\n*1\r\n:2\r\n");

        client.send("GET b");
        assertEquals(List.of("GET b"), fixture.data().takeReceived(), "the lease is given back");
        assertTrue(lease.isOpen());
    }

    @Test
    void watchWaitsForEarlierRepliesAndWhatFollowsWaitsForTheEndOfTheLease() {
        client.send("SET a 1", "WATCH a", "MULTI", "INCR a", "EXEC", "GET b");
        assertEquals(List.of("SET a 1"), fixture.data().takeReceived());
        assertTrue(fixture.redis().connections("lease").isEmpty());

        fixture.data().reply("+OK\r\n");
        FakeConnection lease = fixture.lease();
        assertEquals(List.of("WATCH a"), lease.takeReceived());
        lease.reply("+OK\r\n");
        assertEquals(List.of("MULTI", "INCR a", "EXEC"), lease.takeReceived());
        assertEquals(List.of(), fixture.data().takeReceived());
        lease.reply("+OK\r\n+QUEUED\r\n*-1\r\n");

        assertEquals(List.of("GET b"), fixture.data().takeReceived());
        client.expect("+OK\r\n+OK\r\n+OK\r\n+QUEUED\r\n*-1\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UNWATCH", "MULTI;DISCARD", "MULTI;GET;EXEC", "MULTI;EXEC x", "EXEC x", "MULTI;MULTI x;EXEC"})
    void leaseEndsWithTheWatch(String commands) {
        FakeConnection lease = watching();

        client.send(commands.split(";"));

        assertEquals(List.of("UNWATCH"), lease.takeReceived());
        lease.reply("+OK\r\n");
        client.send("GET b");
        assertEquals(List.of("GET b"), fixture.data().takeReceived());
        assertTrue(lease.isOpen());
    }

    private FakeConnection watching() {
        client.send("WATCH a");
        FakeConnection lease = fixture.lease();
        lease.reply("+OK\r\n");
        client.expect("+OK\r\n");
        assertEquals(List.of("WATCH a"), lease.takeReceived());
        return lease;
    }

    /** What Redis refuses changes nothing: it is the reply that counts. */
    @ParameterizedTest
    @ValueSource(strings = {"WATCH", "UNWATCH x", "MULTI;DISCARD x", "MULTI;MULTI x", "MULTI x", "DISCARD", "EXEC"})
    void watchOutlivesWhatIsRefused(String commands) {
        FakeConnection lease = watching();

        client.send(commands.split(";"));

        assertTrue(client.received().contains("-ERR "));
        assertEquals(List.of(), lease.takeReceived());
        if (commands.startsWith("MULTI;")) {
            client.send("DISCARD");
        } else {
            client.send("UNWATCH");
        }
        assertEquals(List.of("UNWATCH"), lease.takeReceived());
    }

    @Test
    void unwatchThatRedisRefusesLeavesTheLeaseWhereItIs() {
        FakeConnection lease = watching();
        client.send("UNWATCH");
        lease.reply("-NOPERM no\r\n");
        client.expect("-NOPERM no\r\n");

        client.send("GET b");

        assertEquals(List.of("UNWATCH", "GET b"), lease.takeReceived());
    }

    @Test
    void watchThatRedisRefusesKeepsNoLease() {
        client.send("WATCH a");
        fixture.lease().reply("-NOPERM no\r\n");
        client.expect("-NOPERM no\r\n");

        client.send("GET b");

        assertEquals(List.of("GET b"), fixture.data().takeReceived());
    }

    @Test
    void quitAndResetAreHeardWhileAKeyIsWatched() {
        watching();
        client.send("MULTI x", "RESET x", "QUIT");

        client.expect("-ERR wrong number of arguments for 'multi' command\r\n"
                + "-ERR wrong number of arguments for 'reset' command\r\n+OK\r\n");
        assertFalse(client.isOpen());
    }

    @Test
    void databaseThatIsSelectedWhileAKeyIsWatchedIsThatOfTheTransaction() {
        FakeConnection lease = watching();
        client.send("SELECT 3").expect("+OK\r\n");
        assertEquals(List.of("SELECT 3"), lease.takeReceived());
        lease.reply("+OK\r\n");
        client.send("MULTI", "INCR a", "EXEC").expect("+OK\r\n+QUEUED\r\n");
        assertEquals(List.of("MULTI", "INCR a", "EXEC"), lease.takeReceived());
        lease.reply("+OK\r\n+QUEUED\r\n*1\r\n:1\r\n");
        client.expect("*1\r\n:1\r\n");

        client.send("GET b");

        assertEquals("redoubt-data-db3-resp2", fixture.data().name());
        assertEquals(List.of("GET b"), fixture.data().takeReceived());
        assertEquals("RESET", lease.takeReceived().get(0), "the lease is lent again as one of database 0");
    }

    @Test
    void watchedTransactionMayChangeItsConnection() {
        FakeConnection lease = watching();
        client.send("MULTI", "SELECT 1", "EXEC").expect("+OK\r\n+QUEUED\r\n");
        lease.reply("+OK\r\n+OK\r\n+QUEUED\r\n*1\r\n+OK\r\n$39\r\nflags=N db=1 user=default name=x resp=2 \r\n");
        client.expect("*1\r\n+OK\r\n");

        client.send("GET b", "CLIENT GETNAME");

        assertEquals("redoubt-data-db1-resp2", fixture.data().name());
    }

    @Test
    void execThatNeverLeftIsNil() {
        FakeConnection lease = watching();
        lease.socket().takeOnly(0);
        client.send("MULTI", "INCR a", "EXEC").expect("+OK\r\n+QUEUED\r\n");

        lease.lose();

        client.expect("*-1\r\n");
        client.send("MULTI", "INCR a", "EXEC");
        assertEquals(List.of("MULTI", "INCR a", "EXEC"), fixture.data().takeReceived(), "the next one is a new one");
    }

    @Test
    void idleLeaseServesTheNextWatch() {
        for (int i = 0; i < 3; i++) {
            client.send("WATCH a");
            fixture.lease().reply("+OK\r\n");
            client.send("UNWATCH");
            fixture.lease().reply("+OK\r\n");
            client.expect("+OK\r\n+OK\r\n");
        }

        assertEquals(1, fixture.redis().connections("lease").size());
    }

    @Test
    void watchThatIsLostMakesExecFail() {
        client.send("WATCH a");
        fixture.lease().reply("+OK\r\n");
        client.send("MULTI").expect("+OK\r\n+OK\r\n");

        fixture.lease().lose();

        client.send("INCR a", "EXEC").expect("+QUEUED\r\n*-1\r\n");
        client.send("GET b");
        assertEquals(List.of("GET b"), fixture.data().takeReceived());
    }

    @Test
    void watchThatIsLostBeforeMultiMakesExecFailToo() {
        client.send("WATCH a");
        fixture.lease().reply("+OK\r\n");
        client.expect("+OK\r\n");
        fixture.lease().lose();

        client.send("WATCH b", "MULTI", "INCR a", "EXEC").expect("+OK\r\n+OK\r\n+QUEUED\r\n*-1\r\n");

        client.send("MULTI", "INCR a", "EXEC").expect("+OK\r\n+QUEUED\r\n");
        assertEquals(List.of("MULTI", "INCR a", "EXEC"), fixture.data().takeReceived(), "the next one is a new one");
    }

    /** The lease stands all the time; but where commands go from now on nobody watched anything. */
    @Test
    void watchIsVoidWhereDataHasAnotherHistory() {
        FakeConnection lease = watching();
        client.send("GET a");
        assertEquals(List.of("GET a"), lease.takeReceived());
        fixture.redis().otherHistory();
        fixture.redis().connection("control").lose();
        fixture.loop().advanceMillis(300);
        assertTrue(lease.isOpen(), "a reply is due on it");

        lease.reply("$1\r\n1\r\n");
        client.expect("$1\r\n1\r\n");

        assertFalse(lease.isOpen());
        client.send("MULTI", "INCR a", "EXEC").expect("+OK\r\n+QUEUED\r\n*-1\r\n");
        assertEquals(0, fixture.count(Counter.FENCE_FAILED) + fixture.count(Counter.IN_DOUBT));
    }

    @Test
    void idleLeaseOfAnotherHistoryIsNotLentAgain() {
        FakeConnection lease = watching();
        client.send("UNWATCH");
        lease.reply("+OK\r\n");
        client.expect("+OK\r\n");
        fixture.redis().otherHistory();
        fixture.redis().connection("control").lose();
        fixture.loop().advanceMillis(300);

        client.send("WATCH a");

        assertFalse(lease.isOpen());
        assertEquals(List.of("WATCH a"), fixture.lease().takeReceived());
    }

    @Test
    void watchOutlivesTheControlConnection() {
        FakeConnection lease = watching();

        fixture.redis().connection("control").lose();
        fixture.loop().advanceMillis(300);

        client.send("MULTI", "INCR a", "EXEC");
        assertEquals(List.of("MULTI", "INCR a", "EXEC"), lease.takeReceived());
    }

    @Test
    void execThatIsLostOnItsWayIsInDoubt() {
        client.send("WATCH a", "MULTI", "INCR a", "EXEC");
        fixture.lease().reply("+OK\r\n");
        fixture.lease().reply("+OK\r\n+QUEUED\r\n");
        client.expect("+OK\r\n+OK\r\n+QUEUED\r\n");

        fixture.lease().lose();

        assertTrue(client.received().startsWith("-INDOUBT "));
        client.send("MULTI", "INCR a", "EXEC").expect("+OK\r\n+QUEUED\r\n");
        assertEquals(List.of("MULTI", "INCR a", "EXEC"), fixture.data().takeReceived(), "nothing is watched any more");
        fixture.data().reply("+OK\r\n+QUEUED\r\n*1\r\n:1\r\n");
        client.received();
        client.send("GET b");
        assertEquals(List.of("GET b"), fixture.data().takeReceived());
    }

    @Test
    void resetGivesUpWhatIsWatched() {
        client.send("WATCH a");
        FakeConnection lease = fixture.lease();
        lease.reply("+OK\r\n");
        client.expect("+OK\r\n");

        client.send("RESET").expect("+RESET\r\n");

        assertFalse(lease.isOpen());
        client.send("GET b");
        assertEquals(List.of("GET b"), fixture.data().takeReceived());
    }

    @Test
    void clientThatLeavesEndsItsLease() {
        client.send("WATCH a");
        FakeConnection lease = fixture.lease();
        lease.reply("+OK\r\n");

        client.socket().reset();

        assertFalse(lease.isOpen());
    }

    @Test
    void localCommandsAreAnsweredHereWhileAKeyIsWatched() {
        client.send("CLIENT ID");
        String id = client.received();
        client.send("WATCH a");
        fixture.lease().reply("+OK\r\n");
        client.received();

        client.send("CLIENT ID").expect(id);
    }
}
