package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies of the proxy's own were taken from a Redis 7.0.15 that was sent the same. */
class TransactionsTest {
    private static final String ABORTED = "-EXECABORT Transaction discarded because of previous errors.\r\n";

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void transactionGoesOutAsOneContiguousPieceAtExec() {
        Client other = fixture.connect();
        client.send("MULTI", "INCR x").expect("+OK\r\n+QUEUED\r\n");
        other.send("GET y");
        client.send("GET z").expect("+QUEUED\r\n");
        assertEquals(List.of("GET y"), fixture.data().takeReceived());

        client.send("EXEC");

        assertEquals(List.of("MULTI", "INCR x", "GET z", "EXEC"), fixture.data().takeReceived());
        fixture.data().reply("+y\r\n+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n:1\r\n$-1\r\n");
        client.expect("*2\r\n:1\r\n$-1\r\n");
        other.expect("+y\r\n");
    }

    @Test
    void transactionInOnePipelineKeepsItsOrder() {
        client.send("GET a", "MULTI", "INCR x", "EXEC", "GET b").expect("");
        assertEquals(List.of("GET a"), fixture.data().takeReceived(), "MULTI is answered here, so it waits");

        fixture.data().reply("+a\r\n");
        client.expect("+a\r\n+OK\r\n+QUEUED\r\n");
        assertEquals(List.of("MULTI", "INCR x", "EXEC", "GET b"), fixture.data().takeReceived());
        fixture.data().reply("+OK\r\n+QUEUED\r\n*1\r\n:1\r\n+b\r\n");

        client.expect("*1\r\n:1\r\n+b\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            MULTI x               => -ERR wrong number of arguments for 'multi' command
            DISCARD x             => -ERR wrong number of arguments for 'discard' command
            EXEC x                => -EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command
            MULTI;MULTI           => +OK;-ERR MULTI calls can not be nested
            MULTI;WATCH a         => +OK;-ERR WATCH inside MULTI is not allowed
            MULTI;DISCARD;EXEC    => +OK;+OK;-ERR EXEC without MULTI
            MULTI;RESET;EXEC      => +OK;+RESET;-ERR EXEC without MULTI
            MULTI;GET;EXEC;EXEC   => +OK;-ERR wrong number of arguments for 'get' command;ABORTED;-ERR EXEC without MULTI
            MULTI;SYNC;EXEC       => +OK;-ERR Command not allowed inside a transaction;ABORTED
            MULTI;MULTI x;EXEC    => +OK;-ERR wrong number of arguments for 'multi' command;ABORTED
            MULTI;WATCH;EXEC      => +OK;-ERR wrong number of arguments for 'watch' command;ABORTED
            MULTI;DISCARD x;EXEC  => +OK;-ERR wrong number of arguments for 'discard' command;ABORTED
            MULTI;CLIENT FOO;EXEC => +OK;-ERR unknown subcommand 'FOO'. Try CLIENT HELP.;ABORTED
            MULTI;EXEC x;EXEC     => +OK;-EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command;-ERR EXEC without MULTI
            MULTI;GET;DISCARD     => +OK;-ERR wrong number of arguments for 'get' command;+OK
            """)
    void errorsAreThoseOfRedis(String commands, String replies) {
        client.send(commands.split(";"));

        client.expect(replies.replace("ABORTED", ABORTED.strip()).replace(";", "\r\n") + "\r\n");
        assertEquals(List.of(), fixture.data().takeReceived(), "nothing reaches Redis");
    }

    @Test
    void emptyTransactionIsRedisToAnswer() {
        client.send("MULTI", "EXEC");

        assertEquals(List.of("MULTI", "EXEC"), fixture.data().takeReceived());
        fixture.data().reply("+OK\r\n*0\r\n");
        client.expect("+OK\r\n*0\r\n");
    }

    @Test
    void errorThatOnlyRedisFindsShowsAtExec() {
        client.send("MULTI", "JSON.SET k v", "EXEC").expect("+OK\r\n+QUEUED\r\n");

        fixture.data().reply("+OK\r\n-ERR unknown command 'JSON.SET'\r\n" + ABORTED);

        client.expect(ABORTED);
    }

    @Test
    void quitInsideATransactionCloses() {
        client.send("MULTI", "INCR x", "QUIT").expect("+OK\r\n+QUEUED\r\n+OK\r\n");

        assertFalse(client.isOpen());
        assertEquals(List.of(), fixture.data().takeReceived());
    }

    @Test
    void clientThatLeavesInTheMiddleLeavesNothing() {
        client.send("MULTI", "INCR x");
        client.socket().reset();

        assertEquals(List.of(), fixture.data().takeReceived());
        assertEquals(0, fixture.openClients());
    }

    @Test
    void queueBeyondTheLimitCutsTheClientOff() {
        client.send("MULTI");
        for (int i = 0; i < 30 && client.isOpen(); i++) {
            client.send("SET k " + "x".repeat(60_000));
        }

        assertFalse(client.isOpen());
    }

    @Test
    void transactionThatChangesItsConnectionRunsOnOneOfItsOwn() {
        client.send("MULTI", "SELECT 3", "GET x", "EXEC").expect("+OK\r\n+QUEUED\r\n+QUEUED\r\n");
        FakeConnection lease = fixture.lease();
        assertEquals(List.of("MULTI", "SELECT 3", "GET x", "EXEC"), lease.takeReceived());
        lease.reply("+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n$1\r\n1\r\n");
        client.expect("*2\r\n+OK\r\n$1\r\n1\r\n");

        client.send("GET y");

        assertEquals(List.of("GET y"), lease.takeReceived(), "what follows goes the same way");
        assertEquals(List.of(), fixture.data().takeReceived());
        lease.reply("+y\r\n");
        client.expect("+y\r\n");
    }

    // ---- WATCH

    @Test
    void watchTakesALeaseUntilExec() {
        client.send("WATCH a");
        FakeConnection lease = fixture.lease();
        assertEquals(List.of("WATCH a"), lease.takeReceived());
        lease.reply("+OK\r\n");
        client.expect("+OK\r\n");

        client.send("GET a", "MULTI", "INCR a", "EXEC");
        assertEquals(List.of("GET a", "MULTI", "INCR a", "EXEC"), lease.takeReceived());
        lease.reply("$1\r\n1\r\n+OK\r\n+QUEUED\r\n*1\r\n:2\r\n");
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
        assertEquals(List.of("WATCH a", "MULTI", "INCR a", "EXEC"), lease.takeReceived());
        assertEquals(List.of(), fixture.data().takeReceived());
        lease.reply("+OK\r\n+OK\r\n+QUEUED\r\n*-1\r\n");

        assertEquals(List.of("GET b"), fixture.data().takeReceived());
        client.expect("+OK\r\n+OK\r\n+OK\r\n+QUEUED\r\n*-1\r\n");
    }

    @ParameterizedTest
    @CsvSource({"UNWATCH,+OK", "MULTI;DISCARD,+OK;+OK"})
    void leaseEndsWithTheWatch(String commands, String replies) {
        client.send("WATCH a");
        FakeConnection lease = fixture.lease();
        lease.reply("+OK\r\n");
        client.send(commands.split(";"));
        lease.reply(replies.replace(";", "\r\n") + "\r\n");
        lease.takeReceived();

        client.send("GET b");

        assertEquals(List.of("GET b"), fixture.data().takeReceived());
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
        client.send("MULTI");
        fixture.lease().reply("+OK\r\n");
        client.expect("+OK\r\n+OK\r\n");

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

    @Test
    void execThatIsLostOnItsWayIsInDoubt() {
        client.send("WATCH a", "MULTI", "INCR a", "EXEC");
        fixture.lease().reply("+OK\r\n+OK\r\n+QUEUED\r\n");
        client.expect("+OK\r\n+OK\r\n+QUEUED\r\n");

        fixture.lease().lose();

        assertTrue(client.received().startsWith("-INDOUBT "));
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
