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
import org.junit.jupiter.params.provider.CsvSource;

/** A command that waits at Redis keeps its own time-out through an outage, and takes nothing twice. */
class BlockingCallTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    // ---- held: Redis is away

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            BLPOP list 3                             => *-1|
            BRPOP a b 3                              => *-1|
            BLMOVE a b LEFT RIGHT 3                  => *-1|
            BRPOPLPUSH a b 3.0                       => *-1|
            BLMPOP 3 1 list LEFT                     => *-1|
            BZPOPMIN zset 3                          => *-1|
            BZMPOP 3 1 zset MIN                      => *-1|
            XREAD BLOCK 3000 STREAMS s 0             => *-1|
            XREADGROUP GROUP g c BLOCK 3000 STREAMS s > => *-1|
            WAIT 1 3000                              => :0|
            """)
    void heldCommandEndsAtItsOwnTimeOut(String command, String reply) {
        fixture.redis().goAway();
        client.send(command);
        fixture.loop().advanceMillis(2_990);
        client.expect("");

        fixture.loop().advanceMillis(15);

        client.expect(reply.replace("|", "\r\n"));
        fixture.redis().comeBack();
        fixture.loop().advanceMillis(1_000);
        assertTrue(fixture.redis().connections("lease").isEmpty(), "nobody waits any more");
    }

    @Test
    void nilIsThatOfTheClientsProtocol() {
        client.send("HELLO 3");
        client.received();
        fixture.redis().goAway();
        client.send("BLPOP list 0.5");

        fixture.loop().advanceMillis(600);

        client.expect("_\r\n");
    }

    @Test
    void heldCommandOutlivesTheHoldBudget() {
        fixture.redis().goAway();
        client.send("BLPOP list 25");
        fixture.loop().advanceMillis(20_000);
        client.expect("");

        fixture.redis().comeBack();
        fixture.loop().advanceMillis(3_500);

        List<String> sent = fixture.lease().takeReceived();
        assertEquals(1, sent.size());
        double left = Double.parseDouble(sent.get(0).substring("BLPOP list ".length()));
        assertTrue(left > 0 && left <= 5, sent.get(0));
    }

    @Test
    void heldCommandWithoutTimeOutWaitsForRedis() {
        fixture.redis().goAway();
        client.send("BLPOP list 0");
        fixture.loop().advanceMillis(120_000);
        client.expect("");

        fixture.redis().comeBack();
        fixture.loop().advanceMillis(5_000);

        assertEquals(List.of("BLPOP list 0"), fixture.lease().takeReceived());
    }

    @Test
    void whatRedisWouldRefuseIsHeldForTheHoldBudget() {
        fixture.redis().goAway();
        client.send("BLPOP list -1");
        fixture.loop().advanceMillis(10_100);

        assertTrue(client.received().startsWith("-UNAVAILABLE "));
    }

    @Test
    void clientThatLeavesWhileItsCommandIsHeldLeavesNothing() {
        fixture.redis().goAway();
        client.send("BLPOP list 5");
        client.socket().reset();

        fixture.redis().comeBack();
        fixture.loop().advanceMillis(6_000);

        assertTrue(fixture.redis().connections("lease").isEmpty());
    }

    // ---- in flight: the connection is lost

    @Test
    void commandThatTookNothingGoesOnWithWhatIsLeft() {
        FakeConnection lease = waiting("BLPOP list 10");
        fixture.loop().advanceMillis(4_000);
        fixture.redis().answerOwn("CLIENT UNBLOCK " + lease.id() + " ERROR", ":1\r\n");

        lease.lose();

        assertEquals(
                List.of(
                        "CLIENT UNBLOCK " + lease.id() + " ERROR",
                        "CLIENT KILL ID " + lease.id() + " ADDR 10.0.0.9:" + lease.id()),
                fixture.redis().takeControl());
        assertEquals(List.of("BLPOP list 6.000"), fixture.lease().takeReceived());
        assertEquals(1, fixture.count(Counter.RESENT_BLOCKING));
        fixture.lease().reply("*2\r\n+list\r\n+x\r\n");
        client.expect("*2\r\n+list\r\n+x\r\n");
        client.send("GET a");
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
    }

    @Test
    void commandThatMayHaveTakenSomethingIsInDoubt() {
        FakeConnection lease = waiting("BLPOP list 10");
        fixture.redis().answerOwn("CLIENT UNBLOCK " + lease.id() + " ERROR", ":0\r\n");

        lease.lose();

        assertTrue(client.received().startsWith("-INDOUBT "));
        assertEquals(1, fixture.count(Counter.IN_DOUBT));
        client.send("GET a");
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
    }

    @Test
    void readGoesOnWhateverTheFenceFinds() {
        FakeConnection lease = waiting("XREAD BLOCK 10000 STREAMS s 5-0");
        fixture.redis().answerOwn("CLIENT UNBLOCK " + lease.id() + " ERROR", ":0\r\n");
        fixture.loop().advanceMillis(1_000);

        lease.lose();

        assertEquals(List.of("XREAD BLOCK 9000 STREAMS s 5-0"), fixture.lease().takeReceived());
    }

    @Test
    void readOfNewsWouldMissWhatCameBetween() {
        FakeConnection lease = waiting("XREAD BLOCK 10000 STREAMS s $");
        fixture.redis().answerOwn("CLIENT UNBLOCK " + lease.id() + " ERROR", ":1\r\n");

        lease.lose();

        assertTrue(client.received().startsWith("-UNAVAILABLE "));
    }

    @Test
    void unsentCommandIsSentOnAnotherConnection() {
        Client other = fixture.connect();
        other.send("BLPOP list 0");
        fixture.lease().reply("*-1\r\n");
        FakeConnection lease = fixture.lease();
        lease.takeReceived();
        lease.socket().takeOnly(0);
        client.send("BLPOP list 0");

        lease.lose();

        assertEquals(List.of("BLPOP list 0"), fixture.lease().takeReceived());
    }

    @Test
    void endOfTheProcessIsTheEndOfItsWaits() {
        waiting("BLPOP list 60");
        fixture.loop().advanceMillis(2_000);
        fixture.redis().goAway();
        fixture.redis().restart();

        fixture.loop().advanceMillis(2_000);

        assertTrue(fixture.lease().takeReceived().get(0).startsWith("BLPOP list 5"));
        client.expect("");
    }

    @Test
    void timeOutThatPassesDuringTheOutageIsNilOnTime() {
        waiting("BLPOP list 5");
        fixture.redis().goAway();
        fixture.loop().advanceMillis(4_990);
        client.expect("");

        fixture.loop().advanceMillis(20);

        client.expect("*-1\r\n");
        fixture.redis().comeBack();
        fixture.loop().advanceMillis(3_000);
        client.expect("");
        assertTrue(fixture.redis().connections("lease").isEmpty());
    }

    @Test
    void clientThatLeavesMeanwhileLeavesNothing() {
        FakeConnection lease = waiting("BLPOP list 0");
        fixture.redis().goAway();
        client.socket().reset();

        fixture.redis().comeBack();
        fixture.loop().advanceMillis(3_000);

        assertFalse(lease.isOpen());
        assertTrue(fixture.redis().connections("lease").isEmpty());
    }

    private FakeConnection waiting(String command) {
        client.send(command);
        FakeConnection lease = fixture.lease();
        assertEquals(List.of(command), lease.takeReceived());
        fixture.redis().takeControl();
        return lease;
    }

    // ---- WAIT

    @Test
    void waitThatIsLostGoesOn() {
        client.send("WAIT 1 10000");
        FakeConnection lease = fixture.lease();
        lease.reply("+PONG\r\n");
        fixture.loop().advanceMillis(1_000);
        fixture.redis().answerOwn("CLIENT UNBLOCK " + lease.id() + " ERROR", ":0\r\n");

        lease.lose();
        fixture.lease().reply("+PONG\r\n");

        assertEquals(List.of("PING", "WAIT 1 9000"), fixture.lease().takeReceived());
    }

    @Test
    void waitIsToldNothingOfWhatAnEarlierProcessWasSent() {
        client.send("WAIT 1 10000");
        fixture.lease().reply("+PONG\r\n");
        fixture.redis().goAway();
        fixture.redis().restart();

        fixture.loop().advanceMillis(2_000);

        client.expect(":0\r\n");
    }

    @ParameterizedTest
    @CsvSource({"6.2.14,false", "7.0.15,false", "7.2.4,true", "7.4.1,true", "8.0.0,true", "unknown,true"})
    void newerServersMoveTheOffsetByWritesOnly(String version, boolean needsWrite) {
        assertEquals(needsWrite, OffsetMove.needsWrite(version));
    }
}
