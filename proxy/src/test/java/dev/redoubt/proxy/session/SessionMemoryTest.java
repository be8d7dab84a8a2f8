package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients get from memory while Redis is away, and what waits all the same. */
class SessionMemoryTest {
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

    @Test
    void memoryAnswersWhenTheOutageLasts() {
        Client client = ready();
        fixture.memory().answer("GET a", "$1\r\n1\r\n");
        fixture.redis().goAway();
        client.send("GET a");
        advance(999);
        client.expect("");

        advance(1);
        client.expect("$1\r\n1\r\n");
        client.send("GET a").expect("$1\r\n1\r\n");
    }

    @Test
    void outageThatIsOverInTimeAsksNoMemory() {
        Client client = ready();
        fixture.memory().answer("GET a", "$1\r\n1\r\n");
        fixture.redis().goAway();
        advance(500);
        fixture.redis().comeBack();
        advance(400);

        fixture.redis().goAway();
        client.send("GET a");
        advance(999);

        client.expect("");
        advance(1);
        client.expect("$1\r\n1\r\n");
    }

    @Test
    void whatMemoryCannotAnswerWaitsAndHoldsItsSessionBack() {
        Client client = ready();
        fixture.memory().answer("GET a", "$1\r\n1\r\n");
        fixture.redis().goAway();
        advance(1_100);
        client.send("INCR n", "GET a").expect("");

        assertTrue(fixture.memory().takeHeard().contains("held db0 INCR n"));
        fixture.redis().comeBack();
        advance(500);
        assertEquals(List.of("INCR n", "GET a"), fixture.data().takeReceived());
    }

    @Test
    void keysOfATransactionThatWaitsAreBlocked() {
        Client client = ready();
        fixture.redis().goAway();
        advance(1_100);
        client.send("GET a").expect("");
        fixture.memory().takeHeard();

        fixture.connect().send("MULTI", "SET a 1", "EXEC").expect("+OK\r\n+QUEUED\r\n");

        assertTrue(fixture.memory().takeHeard().contains("held db0 SET a 1"));
    }

    @Test
    void transactionIsAnsweredWholeAtExec() {
        Client client = ready();
        fixture.memory().answer("SET a 1; GET a", "*2\r\n+OK\r\n$1\r\n1\r\n");
        fixture.redis().goAway();
        advance(1_100);
        client.send("GET b").expect("");
        Client other = fixture.connect();

        other.send("MULTI", "SET a 1", "GET a", "EXEC", "MULTI", "GET", "EXEC");

        other.expect("+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n$1\r\n1\r\n+OK\r\n"
                + "-ERR wrong number of arguments for 'get' command\r\n"
                + "-EXECABORT Transaction discarded because of previous errors.\r\n");
        assertFalse(fixture.memory().takeHeard().contains("held db0 SET a 1"));
    }

    @Test
    void transactionThatWaitedIsAnsweredWhenMemoryBegins() {
        Client client = ready();
        fixture.memory().answer("SET a 1", "*1\r\n+OK\r\n");
        fixture.memory().answer("GET a", "$1\r\n1\r\n");
        fixture.redis().goAway();
        client.send("MULTI", "SET a 1", "EXEC", "GET a").expect("+OK\r\n+QUEUED\r\n");

        advance(1_100);

        client.expect("*1\r\n+OK\r\n$1\r\n1\r\n");
        assertFalse(fixture.memory().takeHeard().contains("held db0 SET a 1"));
    }

    @Test
    void transactionThatMayHaveRunIsNotAnsweredFromMemory() {
        Client client = ready();
        fixture.memory().answer("SET a 1", "*1\r\n+OK\r\n");
        client.send("MULTI", "SET a 1", "EXEC").expect("+OK\r\n+QUEUED\r\n");
        assertEquals(List.of("MULTI", "SET a 1", "EXEC"), fixture.data().takeReceived());
        fixture.redis().goAway();

        advance(1_100);

        client.expect("");
        assertTrue(fixture.memory().takeHeard().contains("held db0 SET a 1"));
    }

    @Test
    void whatMemoryAnswersAsItBeginsBlocksNoKey() {
        Client client = ready();
        fixture.memory().answer("GET a", "$1\r\n1\r\n");
        fixture.memory().answer("SET a 2", "+OK\r\n");
        advance(50);
        fixture.redis().goAway();
        client.send("GET a");
        advance(990);
        fixture.loop().beBusyMillis(20); // so that it is the next command that finds that it is time

        client.send("SET a 2");
        advance(100);

        client.expect("$1\r\n1\r\n+OK\r\n");

        assertFalse(fixture.memory().takeHeard().contains("held db0 SET a 2"));
    }

    @Test
    void redisThatWasNeverThereIsNotWaitedFor() {
        fixture.redis().refuse();
        fixture.memory().answer("SET a 1", "+OK\r\n");
        fixture.start();

        fixture.connect().send("SET a 1").expect("+OK\r\n");
    }

    @Test
    void redisThatAppearsLaterIsUsed() {
        fixture.redis().refuse();
        Client client = fixture.start().connect();
        client.send("INCR n");

        fixture.redis().comeBack();
        advance(1_000);

        assertEquals(List.of("INCR n"), fixture.data().takeReceived());
    }
}
