package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.UpstreamFixture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis refuses commands for its state: they are held, and sent again in order. */
class RefusedCommandTest {
    private static final String NOREPLICAS = "-NOREPLICAS Not enough good replicas to write.\r\n";
    private static final String READONLY = "-READONLY You can't write against a read only replica.\r\n";
    private static final String BUSY =
            "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.\r\n";

    private SessionFixture fixture = new SessionFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Client ready() {
        return fixture.start().connectReady();
    }

    private void advance(long millis) {
        fixture.loop().advanceMillis(millis);
    }

    /** What has arrived at the shared connection is this. */
    private void arrived(String... commands) {
        assertEquals(List.of(commands), fixture.data().takeReceived());
    }

    // ---- held and sent again

    @ParameterizedTest
    @ValueSource(
            strings = {
                NOREPLICAS,
                BUSY,
                "-TRYAGAIN Multiple keys request during rehashing of slot\r\n",
                "-CLUSTERDOWN Hash slot not served\r\n"
            })
    void refusedIncrIsSentAgainAndCountsOnce(String refusal) {
        Client client = ready();
        client.send("INCR n");
        arrived("INCR n");
        fixture.data().reply(refusal);
        client.expect("");

        advance(200);
        arrived("INCR n");
        fixture.data().reply(":1\r\n");

        client.expect(":1\r\n");
        assertEquals(1, fixture.count(Counter.RESENT_REFUSED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-BUSYGROUP Consumer Group name already exists\r\n",
                "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
                "-MISCONF Redis is configured to save RDB snapshots\r\n",
                "-NOPERM no\r\n",
                "-WRONGTYPE no\r\n"
            })
    void otherErrorsAreAnswers(String error) {
        Client client = ready();
        client.send("INCR n");
        fixture.data().reply(error);

        client.expect(error);
    }

    @Test
    void commandsBehindARefusedOneFollowItInOrder() {
        Client client = ready();
        client.send("SET a 1", "INCR n", "LPUSH l 1");
        arrived("SET a 1", "INCR n", "LPUSH l 1");
        fixture.data().reply(NOREPLICAS + NOREPLICAS + NOREPLICAS);
        client.send("INCR later");
        client.expect("");

        advance(200);
        arrived("SET a 1"); // alone: who is refused again has nothing behind it
        fixture.data().reply("+OK\r\n");
        arrived("INCR n", "LPUSH l 1", "INCR later");
        fixture.data().reply(":1\r\n:1\r\n:1\r\n");

        client.expect("+OK\r\n:1\r\n:1\r\n:1\r\n");
        client.send("INCR last");
        arrived("INCR last");
        fixture.data().reply(":1\r\n");
        client.expect(":1\r\n");
    }

    @Test
    void othersAreNotHeldForIt() {
        Client refused = ready();
        Client other = fixture.connect();
        refused.send("INCR n");
        other.send("GET a");
        fixture.data().reply(NOREPLICAS + "+a\r\n");
        other.expect("+a\r\n");
        fixture.data().takeReceived();

        other.send("GET b");
        arrived("GET b");
        fixture.data().reply("+b\r\n");

        other.expect("+b\r\n");
        refused.expect("");
    }

    @Test
    void readBehindItIsReadAgainBehindIt() {
        Client client = ready();
        client.send("SET a 2", "GET a");
        fixture.data().reply(NOREPLICAS + "+old\r\n");
        client.expect("");
        fixture.data().takeReceived();

        advance(200);
        fixture.data().reply("+OK\r\n");
        arrived("SET a 2", "GET a");
        fixture.data().reply("+2\r\n");

        client.expect("+OK\r\n+2\r\n");
    }

    @Test
    void writeThatWasTakenBehindItKeepsItFromBeingSentAgain() {
        Client client = ready();
        client.send("SET a 1", "GET a", "SET a 2");
        fixture.data().reply(NOREPLICAS + "+0\r\n+OK\r\n");

        client.expect(NOREPLICAS + "+0\r\n+OK\r\n");
        fixture.data().takeReceived();
        advance(500);
        arrived();
    }

    @Test
    void whatIsNoCommandWaitsBehindItTooAndChangesNothing() {
        Client client = ready();
        String wrong = "-ERR wrong number of arguments for 'get' command\r\n";
        client.send("INCR n", "GET");
        fixture.data().reply(NOREPLICAS + wrong);
        client.expect("");
        fixture.data().takeReceived();

        advance(200);
        fixture.data().reply(":1\r\n");
        fixture.data().reply(wrong);

        client.expect(":1\r\n" + wrong);
    }

    @Test
    void repliesBeforeItAreNotDelayed() {
        Client client = ready();
        client.send("GET a", "INCR n", "INCR n");
        fixture.data().reply("+a\r\n" + NOREPLICAS);
        client.expect("+a\r\n");

        fixture.data().reply(NOREPLICAS);
        client.expect("");
        advance(200);
        fixture.data().reply(":1\r\n");
        fixture.data().reply(":2\r\n");

        client.expect(":1\r\n:2\r\n");
    }

    @Test
    void atTheEndOfTheHoldBudgetItIsRedissOwnError() {
        Client client = ready();
        client.send("SET a 1", "GET a", "INCR n");
        fixture.data().reply(NOREPLICAS + "+0\r\n" + NOREPLICAS);
        for (int i = 0; i < 200; i++) {
            advance(50);
            fixture.data().takeReceived().forEach(command -> fixture.data().reply(NOREPLICAS));
        }
        advance(300);
        fixture.data().takeReceived().forEach(command -> fixture.data().reply(NOREPLICAS));
        advance(300);

        client.expect(NOREPLICAS + "+0\r\n" + NOREPLICAS);
    }

    @Test
    void clientThatLeavesTakesItsRefusedCommandsWithIt() {
        Client client = ready();
        client.send("INCR n", "INCR n");
        fixture.data().reply(NOREPLICAS + NOREPLICAS);
        fixture.data().takeReceived();

        client.socket().reset();
        advance(500);

        arrived();
        assertEquals(2, fixture.count(Counter.DROPPED_CLIENT_GONE));
    }

    @Test
    void connectionThatIsLostMeanwhileChangesNothingForIt() {
        Client client = ready();
        client.send("INCR n", "INCR m");
        fixture.data().reply(NOREPLICAS);
        fixture.data().lose();
        advance(500);

        String received = client.received();
        assertTrue(
                received.startsWith(NOREPLICAS + "-INDOUBT "), received); // m may be counted: n must not come after it
    }

    @Test
    void refusedCommandsOutliveTheirConnection() {
        Client client = ready();
        client.send("INCR n");
        fixture.data().reply(NOREPLICAS);
        fixture.data().lose();
        advance(500);

        arrived("INCR n");
        fixture.data().reply(":1\r\n");
        client.expect(":1\r\n");
    }

    // ---- transactions and scripts

    @Test
    void refusedTransactionIsSentAgainAsAWhole() {
        Client client = ready();
        client.send("MULTI", "INCR n", "EXEC");
        client.expect("+OK\r\n+QUEUED\r\n");
        arrived("MULTI", "INCR n", "EXEC");
        fixture.data()
                .reply("+OK\r\n" + NOREPLICAS + "-EXECABORT Transaction discarded because of previous errors.\r\n");
        client.expect("");

        advance(200);
        arrived("MULTI", "INCR n", "EXEC");
        fixture.data().reply("+OK\r\n+QUEUED\r\n*1\r\n:1\r\n");

        client.expect("*1\r\n:1\r\n");
    }

    @Test
    void transactionThatExecRefusesIsSentAgain() {
        Client client = ready();
        client.send("MULTI", "INCR n", "EXEC");
        client.received();
        fixture.data().reply("+OK\r\n+QUEUED\r\n-EXECABORT Transaction discarded because of: BUSY Redis is busy\r\n");

        advance(200);
        fixture.data().reply("+OK\r\n+QUEUED\r\n*1\r\n:1\r\n");

        client.expect("*1\r\n:1\r\n");
    }

    @Test
    void transactionWithAnotherErrorIsAnsweredWithThatError() {
        Client client = ready();
        client.send("MULTI", "INCR n", "INCR m", "EXEC");
        client.received();
        String abort = "-EXECABORT Transaction discarded because of previous errors.\r\n";
        fixture.data().reply("+OK\r\n" + NOREPLICAS + "-OOM no\r\n" + abort);

        client.expect("-EXECABORT Transaction discarded because of: OOM no\r\n");
    }

    @Test
    void transactionAfterItHasNothingOfItsErrors() {
        Client client = ready();
        String abort = "-EXECABORT Transaction discarded because of previous errors.\r\n";
        client.send("MULTI", "INCR n", "EXEC");
        fixture.data().reply("+OK\r\n-OOM no\r\n" + abort);
        client.received();

        client.send("MULTI", "INCR n", "EXEC");
        fixture.data().reply("+OK\r\n+QUEUED\r\n*1\r\n:1\r\n");

        client.expect("+OK\r\n+QUEUED\r\n*1\r\n:1\r\n");
    }

    @Test
    void scriptIsSentAgainOnlyIfItHasNotStarted() {
        Client client = ready();
        client.send("EVAL x 0");
        fixture.lease().reply(":1\r\n"); // quick: from now on over the shared connection
        client.expect(":1\r\n");
        client.send("EVAL x 0");
        arrived("EVAL x 0");
        fixture.data().reply(BUSY);
        client.expect("");
        advance(200);
        fixture.data().reply(NOREPLICAS);

        client.expect(NOREPLICAS);
    }

    // ---- the wrong server

    @Test
    void primaryThatBecomesAReplicaIsLeftAndThePrimaryIsAskedFor() {
        Client client = ready();
        long before = fixture.data().id();
        client.send("INCR n");
        fixture.redis().role("slave");
        fixture.data().reply(READONLY);
        advance(1_000);
        assertEquals(List.of(), fixture.redis().connections("data"), "not to the replica");
        client.expect("");

        fixture.redis().role("master");
        advance(300);
        arrived("INCR n");
        fixture.data().reply(":1\r\n");

        client.expect(":1\r\n");
        assertTrue(fixture.data().id() > before);
        assertEquals(0, fixture.count(Counter.FENCE_FAILED), "nothing was in flight");
    }

    @Test
    void whatElseIsInFlightIsAwaitedBeforeTheConnectionIsLeft() {
        Client client = ready();
        Client other = fixture.connect();
        client.send("INCR n");
        other.send("GET a");
        fixture.data().reply(READONLY);
        other.send("GET b");

        fixture.data().reply("+a\r\n");
        other.expect("+a\r\n");
        advance(300);

        assertTrue(fixture.data().takeReceived().contains("GET b"), "over the new connection");
        assertEquals(0, fixture.count(Counter.IN_DOUBT));
    }

    @Test
    void replicaFromTheStartAnswersForItself() {
        fixture.redis().role("slave");
        Client client = ready();
        client.send("INCR n");
        fixture.data().reply(READONLY);

        client.expect(READONLY);
    }

    @Test
    void loadingServerIsConnectedToAnewWhenItHasItsData() {
        Client client = ready();
        client.send("INCR n");
        fixture.data().reply("-LOADING Redis is loading the dataset in memory\r\n");
        client.expect("");

        advance(300);
        arrived("INCR n");
        fixture.data().reply(":1\r\n");

        client.expect(":1\r\n");
    }

    @Test
    void connectionThatHasLostItsUserSaysThePasswordOnceMore() {
        fixture = new SessionFixture(UpstreamFixture.TIMINGS, new Credentials(null, "secret"));
        fixture.redis().password("default", "secret");
        Client client = ready();
        client.send("INCR n");
        fixture.data().reply("-NOAUTH Authentication required.\r\n");
        client.expect("");
        advance(300);

        arrived("INCR n");
        fixture.data().reply("-NOAUTH Authentication required.\r\n");

        client.expect("-NOAUTH Authentication required.\r\n");
    }
}
