package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.session.SessionFixture.Client;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A script runs beyond its time limit: commands wait for its end, but not for long. */
class BusyRedisTest {
    private static final String BUSY =
            "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.\r\n";

    private final SessionFixture fixture = new SessionFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Client ready() {
        return fixture.start().connectReady();
    }

    /** Redis says it to all that arrives in so long. */
    private void busyFor(long millis) {
        fixture.redis().answerOwn("PING", BUSY);
        for (long passed = 0; passed < millis; passed += 50) {
            refuse();
            fixture.loop().advanceMillis(50);
        }
    }

    private void refuse() {
        fixture.data().takeReceived().forEach(command -> fixture.data().reply(BUSY));
    }

    @Test
    void redissAnswerIsTheClientsWhenItHasBeenBusyForTwoSeconds() {
        Client client = ready();
        client.send("INCR n");
        busyFor(1_900);
        client.expect("");

        busyFor(400);

        client.expect(BUSY);
    }

    @Test
    void whatComesThenIsAnsweredAtOnce() {
        Client client = ready();
        Client other = fixture.connect();
        client.send("INCR n");
        busyFor(2_400);
        client.received();

        client.send("GET a", "GET b");
        other.send("GET c");
        refuse();

        client.expect(BUSY + BUSY);
        other.expect(BUSY);
    }

    @Test
    void whatTheSessionSentBehindItIsAnsweredInOrder() {
        Client client = ready();
        client.send("INCR n");
        refuse();
        client.send("GET a", "INCR m");
        busyFor(2_400);

        client.expect(BUSY + BUSY + BUSY);
    }

    @Test
    void replyBehindItIsAReplyLikeAnyOther() {
        Client client = ready();
        client.send("INCR n");
        busyFor(2_100);
        client.received();
        client.send("INCR n", "GET n");
        fixture.data().reply(BUSY + "$1\r\n1\r\n");

        client.expect(BUSY + "$1\r\n1\r\n");
    }

    @Test
    void anotherTimeItIsWaitedForAnew() {
        Client client = ready();
        client.send("INCR n");
        busyFor(1_500);
        fixture.loop().advanceMillis(300);
        assertEquals(List.of("INCR n"), fixture.data().takeReceived());
        fixture.data().reply(":1\r\n");
        client.expect(":1\r\n");

        client.send("INCR n");
        busyFor(1_000);

        client.expect("");
    }

    @Test
    void anotherTimeItIsWaitedForAnewAlsoAfterALongOne() {
        Client client = ready();
        client.send("INCR n");
        busyFor(4_000);
        client.expect(BUSY);
        client.send("INCR n");
        refuse();
        client.expect(BUSY);

        fixture.redis().answerOwn("PING", "+PONG\r\n");
        fixture.loop().advanceMillis(200);
        client.send("INCR n");
        busyFor(1_000);

        client.expect("");
    }

    @Test
    void transactionTooIsAnsweredInTheEnd() {
        Client client = ready();
        String abort = "-EXECABORT Transaction discarded because of: BUSY Redis is busy\r\n";
        client.send("MULTI", "INCR n", "EXEC");
        client.received();
        for (int i = 0; i < 60; i++) {
            if (!fixture.data().takeReceived().isEmpty()) {
                fixture.data().reply("+OK\r\n" + BUSY + abort);
            }
            fixture.loop().advanceMillis(50);
        }

        client.expect(abort);
    }

    @Test
    void whatNeedsAConnectionOfItsOwnWaitsNoLongerForOne() {
        Client client = ready();
        fixture.redis().answerOwn("CLIENT ID", BUSY);
        client.send("WATCH k");
        fixture.loop().advanceMillis(1_900);
        client.expect("");

        fixture.loop().advanceMillis(200);

        client.expect(BUSY);
    }

    @Test
    void scriptThatFindsNoConnectionOfItsOwnDoesNotWaitOnTheSharedOneToo() {
        Client client = ready();
        fixture.redis().answerOwn("CLIENT ID", BUSY);
        client.send("EVAL x 0");
        fixture.loop().advanceMillis(2_100);

        client.expect(BUSY);
        assertEquals(List.of(), fixture.data().takeReceived());
    }

    @Test
    void killIsNotStuckBehindWhatOthersSent() {
        Client client = ready();
        Client killer = fixture.connect();
        fixture.redis().answerOwn("SCRIPT KILL", "+OK\r\n");
        client.send("INCR n");
        refuse();

        killer.send("SCRIPT KILL");

        fixture.loop().run();
        killer.expect("+OK\r\n");
        client.expect("");
    }

    @Test
    void shutdownGoesOutAtOnce() {
        Client client = ready();
        Client admin = fixture.connect();
        client.send("INCR n");
        refuse();

        admin.send("SHUTDOWN NOSAVE");

        assertEquals(List.of("SHUTDOWN NOSAVE"), fixture.data().takeReceived());
    }
}
