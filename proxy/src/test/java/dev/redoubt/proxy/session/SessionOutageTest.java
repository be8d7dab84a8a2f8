package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.UpstreamFixture;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients see while Redis is away, stalled, or not there yet. */
class SessionOutageTest {
    private final SessionFixture fixture = new SessionFixture();

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

    // ---- held

    @Test
    void shortOutageIsAPause() {
        Client client = ready();
        client.send("SET a 1", "GET a");
        fixture.redis().goAway();
        client.send("INCR n");
        assertTrue(client.isOpen());
        client.expect("");

        fixture.redis().comeBack();
        advance(500);

        assertEquals(List.of("SET a 1", "GET a", "INCR n"), fixture.data().takeReceived());
        fixture.data().reply("+OK\r\n$1\r\n1\r\n:1\r\n");
        client.expect("+OK\r\n$1\r\n1\r\n:1\r\n");
    }

    @Test
    void commandInDoubtIsAnErrorInItsPlace() {
        Client client = ready();
        client.send("GET a", "INCR n", "GET b");
        fixture.redis().goAway();
        client.expect("");

        fixture.redis().comeBack();
        advance(500);
        assertEquals(List.of("GET a", "GET b"), fixture.data().takeReceived());
        fixture.data().reply("+a\r\n+b\r\n");

        String received = client.received();
        assertTrue(received.matches("\\+a\r\n-INDOUBT [^\r\n]*\r\n\\+b\r\n"), received);
    }

    @Test
    void timesToLiveAreShorterByTheTimeThatACommandWasHeld() {
        Client client = ready();
        client.send("SET sent v EX 10");
        fixture.redis().goAway();
        client.send("SET held v EX 10", "SETEX gone 1 v", "EXPIRE k 100", "SET plain v");
        fixture.connect().send("MULTI", "SET unit v PX 9000", "EXEC");
        advance(1_900);
        fixture.redis().goAway(); // once more: what was shortened once is not shortened by the same time again

        fixture.redis().comeBack();
        advance(300);

        List<String> arrived = fixture.data().takeReceived();
        assertTrue(arrived.get(0).matches("SET sent v PX [78]\\d{3}"), arrived.toString());
        assertTrue(arrived.get(1).matches("SET held v PX [78]\\d{3}"), arrived.toString());
        assertEquals("PSETEX gone 1 v", arrived.get(2));
        assertTrue(arrived.get(3).matches("PEXPIRE k 9[78]\\d{3}"), arrived.toString());
        assertEquals("SET plain v", arrived.get(4));
        assertTrue(arrived.get(6).matches("SET unit v PX [67]\\d{3}"), arrived.toString());
    }

    @Test
    void newRunIsNotKilledByTheOldOnesIds() {
        Client client = ready();
        client.send("SET a 1");
        fixture.redis().goAway();
        fixture.redis().takeControl();
        advance(300);

        fixture.redis().restart();
        advance(500);

        assertFalse(fixture.redis().takeControl().toString().contains("CLIENT KILL"));
        assertEquals(List.of("SET a 1"), fixture.data().takeReceived());
        fixture.data().reply("+OK\r\n");
        client.expect("+OK\r\n");
    }

    @Test
    void sameRunIsFencedBeforeAnythingIsRepeated() {
        Client client = ready();
        long id = fixture.data().id();
        client.send("SET a 1");
        fixture.redis().goAway();
        fixture.redis().answerOwn("CLIENT KILL ID " + id + " ADDR 10.0.0.9:" + id, null);
        fixture.redis().comeBack();
        advance(300);
        assertTrue(fixture.redis().connections("data").isEmpty(), "nothing before the fence");

        fixture.redis().connection("control").reply(":0\r\n");
        advance(300);

        assertEquals(List.of("SET a 1"), fixture.data().takeReceived());
        fixture.data().reply("+OK\r\n");
        client.expect("+OK\r\n");
    }

    @Test
    void connectionThatCannotBeFencedLeavesWritesInDoubt() {
        Client client = ready();
        long id = fixture.data().id();
        client.send("SET a 1", "GET a");
        fixture.redis().goAway();
        fixture.redis().answerOwn("CLIENT KILL ID " + id + " ADDR 10.0.0.9:" + id, "-NOPERM no\r\n");
        fixture.redis().comeBack();
        advance(500);

        assertEquals(List.of("GET a"), fixture.data().takeReceived());
        assertTrue(client.received().startsWith("-INDOUBT "));
        assertEquals(1, fixture.count(Counter.FENCE_FAILED));
    }

    @ParameterizedTest
    @CsvSource({"other,10000", "jedis,1600", "redis-py,4000"})
    void commandIsGivenUpBeforeItsClientGivesUp(String library, long budgetMillis) {
        Client client = ready();
        client.send("CLIENT SETINFO LIB-NAME " + library).expect("+OK\r\n");
        fixture.redis().goAway();
        client.send("INCR n");
        advance(budgetMillis - 200);
        client.expect("");

        advance(400);

        String received = client.received();
        assertTrue(received.startsWith("-UNAVAILABLE Redis at redis:6379 could not be reached in time ("), received);
        assertEquals(1, fixture.count(Counter.UNAVAILABLE));
        assertTrue(client.isOpen());
    }

    @Test
    void fullBacklogRefusesAtOnce() {
        SessionFixture small = new SessionFixture(UpstreamFixture.timings(false, 10), null).start();
        Client client = small.connectReady();
        Client other = small.connect();
        small.redis().goAway();
        String[] commands = new String[10];
        Arrays.fill(commands, "INCR n");
        client.send(commands).expect("");

        other.send("INCR n");

        assertTrue(other.received().startsWith("-BACKLOGFULL "));
        assertEquals(1, small.count(Counter.BACKLOG_FULL));
        small.close();
    }

    @Test
    void commandsOfAClientThatWasResetAreDropped() {
        Client client = ready();
        fixture.redis().goAway();
        client.send("INCR n");
        client.socket().reset();

        fixture.redis().comeBack();
        advance(500);
        fixture.connect().send("GET a");

        assertEquals(List.of("GET a"), fixture.data().takeReceived());
    }

    @Test
    void commandsOfALibraryThatGaveUpAreDropped() {
        Client client = ready();
        client.send("CLIENT SETINFO LIB-NAME jedis");
        fixture.redis().goAway();
        client.send("INCR n");
        client.socket().receiveEnd();
        assertFalse(client.isOpen());

        fixture.redis().comeBack();
        advance(500);
        fixture.connect().send("GET a");

        assertEquals(List.of("GET a"), fixture.data().takeReceived());
    }

    @Test
    void commandsBeforeQuitAreRun() {
        Client client = ready();
        fixture.redis().goAway();
        client.send("INCR n", "QUIT");

        fixture.redis().comeBack();
        advance(500);
        assertEquals(List.of("INCR n"), fixture.data().takeReceived());
        fixture.data().reply(":1\r\n");

        client.expect(":1\r\n+OK\r\n");
        assertFalse(client.isOpen());
    }

    @Test
    void databaseThatCannotBeAskedForIsAnErrorInTime() {
        Client client = ready();
        fixture.redis().goAway();
        client.send("SELECT 20");

        advance(10_200);

        assertTrue(client.received().startsWith("-UNAVAILABLE "));
        client.send("CLIENT ID").expect(":1\r\n");
    }

    @Test
    void databaseIsBelievedInWhileRedisIsAway() {
        Client client = ready();
        fixture.redis().goAway();
        client.send("SELECT 3").expect("+OK\r\n");
        client.send("GET a");

        fixture.redis().comeBack();
        advance(500);

        assertEquals(List.of("GET a"), fixture.redis().connection("data-db3").takeReceived());
    }

    @Test
    void transactionIsHeldAsOne() {
        Client client = ready();
        fixture.redis().goAway();
        client.send("MULTI", "INCR n", "EXEC").expect("+OK\r\n+QUEUED\r\n");

        fixture.redis().comeBack();
        advance(500);

        assertEquals(List.of("MULTI", "INCR n", "EXEC"), fixture.data().takeReceived());
    }

    // ---- what clients ask when they connect

    @Test
    void clientsBecomeReadyDuringAnOutage() {
        ready();
        fixture.redis().goAway();
        Client client = fixture.connect();

        client.send("HELLO 3", "CLIENT SETNAME app", "CLIENT SETINFO LIB-NAME x", "PING", "ROLE");
        String received = client.received();
        assertTrue(received.endsWith("+OK\r\n+OK\r\n+PONG\r\n*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n"), received);
        client.send("INFO");
        String info = client.received();
        assertTrue(info.contains("\r\nredis_version:7.0.15\r\n") && info.contains("\r\nloading:0\r\n"), info);
        client.send("CONFIG GET maxmemory-policy").expect("%1\r\n$16\r\nmaxmemory-policy\r\n$10\r\nnoeviction\r\n");
        client.send("COMMAND INFO get nosuch");
        assertTrue(client.received().startsWith("*2\r\n*10\r\n$3\r\nget\r\n:2\r\n"));
    }

    @Test
    void greetingDoesNotOvertakeWhatIsHeld() {
        Client client = ready();
        fixture.redis().goAway();

        client.send("INCR n", "PING").expect("");

        fixture.redis().comeBack();
        advance(500);
        assertEquals(List.of("INCR n", "PING"), fixture.data().takeReceived());
    }

    // ---- a Redis that takes commands and does not answer

    @Test
    void nothingIsAnsweredBeforeWhatIsInFlightThoughItsTimeIsUp() {
        Client client = ready();
        fixture.redis().answerOwn("PING", null);
        client.send("GET a");
        advance(3_000);
        client.send("INCR n", "PING");
        advance(20_000);

        client.expect("");
        fixture.data().reply("+a\r\n");
        advance(200);

        String received = client.received();
        assertTrue(received.startsWith("+a\r\n"), received);
    }

    @Test
    void stalledConnectionIsKeptAndGoesOn() {
        Client client = ready();
        fixture.redis().answerOwn("PING", null);
        client.send("INCR n");
        advance(3_000);
        fixture.connect().send("INCR m");
        assertEquals(List.of("INCR n"), fixture.data().takeReceived(), "no more is sent to a Redis that is silent");

        fixture.redis().connection("control").reply("+PONG\r\n");
        fixture.data().reply(":1\r\n");
        advance(200);

        client.expect(":1\r\n");
        assertEquals(List.of("INCR m"), fixture.data().takeReceived());
        assertEquals(0, fixture.count(Counter.UPSTREAM_LOST));
    }
}
