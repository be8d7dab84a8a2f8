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
    void errorThatOnlyRedisFindsIsNamedByExec() {
        client.send("MULTI", "JSON.SET k v", "EXEC").expect("+OK\r\n+QUEUED\r\n");

        fixture.data().reply("+OK\r\n-ERR unknown command 'JSON.SET'\r\n" + ABORTED);

        client.expect("-EXECABORT Transaction discarded because of: ERR unknown command 'JSON.SET'\r\n");
    }

    // ---- reasons to ask Redis before QUEUED

    private static final String QUESTION = "SETRANGE redoubt NOTHING asks";
    private static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
    private static final String NO_REASON = "-ERR value is not an integer or out of range\r\n";

    private void setMaxmemory() {
        client.send("CONFIG SET maxmemory 1");
        fixture.data().reply("+OK\r\n");
        client.expect("+OK\r\n");
        fixture.data().takeReceived();
    }

    @Test
    void withoutAReasonNobodyIsAsked() {
        client.send("CONFIG SET timeout 1");
        fixture.data().reply("+OK\r\n");
        client.expect("+OK\r\n");
        fixture.data().takeReceived();

        client.send("MULTI", "SET a 1").expect("+OK\r\n+QUEUED\r\n");

        assertEquals(List.of(), fixture.data().takeReceived());
    }

    @Test
    void whenMaxmemoryWasSetRedisIsAskedOnceWhetherItQueues() {
        setMaxmemory();
        client.send("MULTI", "SET a 1", "SET b 1").expect("+OK\r\n");
        assertEquals(List.of(QUESTION), fixture.data().takeReceived());

        fixture.data().reply(NO_REASON);

        client.expect("+QUEUED\r\n+QUEUED\r\n");
        client.send("EXEC");
        assertEquals(
                List.of("MULTI", "SET a 1", "SET b 1", "EXEC"), fixture.data().takeReceived());
    }

    @Test
    void whatRedisHasNoMemoryForIsRefusedWhenItIsQueued() {
        setMaxmemory();
        client.send("MULTI", "SET a 1").expect("+OK\r\n");
        fixture.data().reply(OOM);
        client.expect(OOM);
        client.send("GET a", "EXEC");
        fixture.data().reply(NO_REASON);

        client.expect("+QUEUED\r\n" + ABORTED);
        assertEquals(List.of(QUESTION, QUESTION), fixture.data().takeReceived());
    }

    @Test
    void errorAboutMemoryIsAReasonToAsk() {
        client.send("SET a 1");
        fixture.data().reply(OOM);
        client.expect(OOM);
        fixture.data().takeReceived();

        client.send("MULTI", "SET a 1");

        assertEquals(List.of(QUESTION), fixture.data().takeReceived());
    }

    @Test
    void scriptThatTakesLongIsAReasonToAsk() {
        Client caller = fixture.connect();
        caller.send("EVAL x 0");
        fixture.loop().advanceMillis(60);

        client.send("MULTI", "SET a 1");

        assertEquals(List.of(QUESTION), fixture.data().takeReceived());
        fixture.lease().reply(":1\r\n");
        fixture.data().reply(NO_REASON);
        client.send("SET b 1").expect("+OK\r\n+QUEUED\r\n+QUEUED\r\n");
    }

    @Test
    void execWhileTheScriptThatRefusedACommandStillRunsIsRefusedForThatToo() {
        String busy = "BUSY Redis is busy running a script.\r\n";
        Client caller = fixture.connect();
        caller.send("EVAL x 0");
        fixture.loop().advanceMillis(60);
        client.send("MULTI", "SET a 1");
        for (int i = 0; i < 50; i++) {
            fixture.data().takeReceived().forEach(question -> fixture.data().reply("-" + busy));
            fixture.loop().advanceMillis(50);
        }
        client.expect("+OK\r\n-" + busy);

        client.send("EXEC");

        client.expect("-EXECABORT Transaction discarded because of: " + busy);
    }

    @Test
    void whoLeavesMeanwhileIsForgotten() {
        setMaxmemory();
        client.send("MULTI", "SET a 1");
        client.socket().close();

        fixture.data().reply(NO_REASON);

        assertEquals(0, fixture.openClients());
    }

    @Test
    void withoutAnAnswerItIsQueued() {
        setMaxmemory();
        client.send("MULTI", "SET a 1").expect("+OK\r\n");

        fixture.data().lose();
        fixture.loop().advanceMillis(3_000);

        client.expect("+QUEUED\r\n");
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
    void transactionThatChangesItsConnectionChangesTheSession() {
        FakeConnection lease = changed("flags=N db=3 user=default name=app resp=2");

        client.send("GET y", "CLIENT GETNAME");
        fixture.data().reply("+y\r\n");

        client.expect("+y\r\n$3\r\napp\r\n");
        assertEquals("redoubt-data-db3-resp2", fixture.data().name());
        assertEquals(
                List.of("RESET", "CLIENT SETNAME redoubt-lease-db0-resp2", "CLIENT NO-EVICT ON"), lease.takeReceived());
        lease.reply("+RESET\r\n+OK\r\n+OK\r\n");
        assertTrue(lease.isOpen(), "it is as it was, for the next who needs one");
    }

    @Test
    void connectionThatRedisDoesNotCleanIsNotLentAgain() {
        FakeConnection lease = changed("flags=N db=3 user=default name=app resp=2");

        lease.reply("-NOPERM no RESET for you\r\n+OK\r\n+OK\r\n");

        assertFalse(lease.isOpen());
    }

    @ParameterizedTest
    @CsvSource({
        "flags=t db=0 user=default name= resp=2",
        "flags=N db=0 user=other name= resp=2",
        "flags=N db=0 user=default name="
    })
    void whatOnlyItsConnectionHasStaysWithIt(String info) {
        FakeConnection lease = changed(info);

        client.send("GET y");

        assertEquals(List.of("GET y"), lease.takeReceived(), "what follows goes the same way");
        lease.reply("+y\r\n");
        client.expect("+y\r\n");
    }

    private FakeConnection changed(String info) {
        client.send("MULTI", "SELECT 3", "GET x", "EXEC").expect("+OK\r\n+QUEUED\r\n+QUEUED\r\n");
        FakeConnection lease = fixture.lease();
        assertEquals(
                List.of("CLIENT SETNAME ", "MULTI", "SELECT 3", "GET x", "EXEC", "CLIENT INFO"), lease.takeReceived());
        lease.reply("+OK\r\n+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n$1\r\n1\r\n");
        client.expect("*2\r\n+OK\r\n$1\r\n1\r\n");
        lease.reply("$" + info.length() + "\r\n" + info + "\r\n");
        return lease;
    }

    @Test
    void sessionWhoseStateIsLostWithItsConnectionEnds() {
        client.send("MULTI", "SELECT 3", "EXEC");
        client.received();
        fixture.lease().reply("+OK\r\n+OK\r\n+QUEUED\r\n*1\r\n+OK\r\n");

        fixture.lease().lose();

        client.expect("*1\r\n+OK\r\n");
        assertFalse(client.isOpen());
    }

    @Test
    void repliesAreNotSilencedInsideATransaction() {
        client.send("MULTI", "CLIENT REPLY OFF", "EXEC");

        String replies = client.received();
        assertTrue(replies.startsWith("+OK\r\n-ERR CLIENT REPLY inside MULTI is not possible"), replies);
        assertTrue(replies.endsWith(ABORTED), replies);
    }
}
