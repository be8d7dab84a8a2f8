package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A script runs alone until it is known to be quick, and is known to a Redis that was started anew. */
class ScriptCallsTest {
    private static final String RETURN_1 = "0e827dba1cd0b069d55dcd6e142eef60dc18bf61";
    private static final String SHA = "e0e1f9fabfc9d4800c877a703b823ac0578ff8db";

    private static final String NOSCRIPT = "-NOSCRIPT No matching script. Please use EVAL.\r\n";

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** One call that is answered at once, over a lease. */
    private void quickCall(String command, String reply) {
        client.send(command);
        assertEquals(List.of(command), fixture.lease().takeReceived());
        fixture.lease().reply(reply);
        client.expect(reply);
    }

    @Test
    void firstCallGoesOverALeaseAndTheNextOverTheSharedConnection() {
        quickCall("EVALSHA " + SHA + " 0", ":1\r\n");

        client.send("EVALSHA " + SHA + " 0", "GET a", "EVALSHA " + SHA.toUpperCase(Locale.ROOT) + " 0");

        assertEquals(3, fixture.data().takeReceived().size());
        fixture.data().reply(":1\r\n$-1\r\n:1\r\n");
        client.expect(":1\r\n$-1\r\n:1\r\n");
        assertEquals(List.of(), fixture.lease().takeReceived());
    }

    @Test
    void evalAndEvalshaAreOneScript() {
        quickCall("EVAL return_1 0", ":1\r\n");

        client.send("EVAL return_1 0");

        assertEquals(List.of("EVAL return_1 0"), fixture.data().takeReceived());
    }

    @Test
    void functionIsTriedToo() {
        quickCall("FCALL sum 0", ":1\r\n");

        client.send("FCALL sum 0");

        assertEquals(List.of("FCALL sum 0"), fixture.data().takeReceived());
    }

    @Test
    void functionIsTriedAgainWhenLibrariesChange() {
        quickCall("FCALL sum 0", ":1\r\n");
        client.send("FUNCTION DELETE lib");
        fixture.data().takeReceived();
        fixture.data().reply("+OK\r\n");
        client.received();

        quickCall("FCALL sum 0", ":1\r\n");
    }

    @Test
    void slowScriptStaysOnLeases() {
        client.send("EVALSHA " + SHA + " 0");
        fixture.lease().takeReceived();
        fixture.loop().advanceMillis(60);
        fixture.lease().reply(":1\r\n");
        client.expect(":1\r\n");

        quickCall("EVALSHA " + SHA + " 0", ":1\r\n");
    }

    @Test
    void errorSaysNothingAboutSpeed() {
        quickCall("EVALSHA " + SHA + " 0", "-ERR no\r\n");

        quickCall("EVALSHA " + SHA + " 0", ":1\r\n");
    }

    @Test
    void othersGoOnWhileAScriptRuns() {
        Client other = fixture.connect();
        client.send("EVALSHA " + SHA + " 0", "GET a");

        other.send("GET b");

        assertEquals(List.of("GET b"), fixture.data().takeReceived());
        fixture.data().reply("+b\r\n");
        other.expect("+b\r\n");
        fixture.lease().reply(":1\r\n");
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
    }

    @Test
    void secondCallDoesNotTryWhatIsBeingTried() {
        Client other = fixture.connect();
        client.send("EVALSHA " + SHA + " 0");

        other.send("EVALSHA " + SHA + " 0");

        assertEquals(List.of("EVALSHA " + SHA + " 0"), fixture.data().takeReceived());
    }

    @Test
    void clientThatLeavesDuringATrialKeepsNothing() {
        client.send("EVALSHA " + SHA + " 0");
        client.socket().close();
        fixture.loop().run();

        fixture.lease().reply(":1\r\n");

        Client other = fixture.connect();
        other.send("EVALSHA " + SHA + " 0");
        assertEquals(List.of("EVALSHA " + SHA + " 0"), fixture.data().takeReceived());
    }

    @Test
    void lostLeaseIsInDoubtAndTheScriptIsTriedAgain() {
        client.send("EVALSHA " + SHA + " 0");

        fixture.lease().lose();

        assertTrue(client.received().startsWith("-INDOUBT"));
        quickCall("EVALSHA " + SHA + " 0", ":1\r\n");
    }

    /** It looks whether its script has run: it must not do so before the lost connection can run it no more. */
    @Test
    void clientOfALostLeaseGoesOnWhenThatIsFenced() {
        FakeConnection lease = leaseWithACall();
        FakeConnection control = fixture.redis().connection("control");
        fixture.redis().answerOwn("CLIENT KILL ID " + lease.id() + " ADDR 10.0.0.9:" + lease.id(), null);

        lease.lose();
        assertTrue(client.received().startsWith("-INDOUBT"));
        client.send("GET k");
        assertEquals(List.of(), fixture.data().takeReceived());

        control.reply(":0\r\n");
        assertEquals(List.of("GET k"), fixture.data().takeReceived());
    }

    @Test
    void clientOfALostLeaseWaitsForTheFenceThoughTheControlConnectionIsLostToo() {
        FakeConnection lease = leaseWithACall();
        fixture.redis().connection("control").lose();
        lease.lose();
        client.send("GET k");
        assertEquals(List.of(), fixture.data().takeReceived());

        fixture.loop().advanceMillis(200);

        assertEquals(List.of("GET k"), fixture.data().takeReceived());
    }

    @Test
    void clientOfALostLeaseWaitsForRedisWhereAllIsLost() {
        fixture.memory().answer("GET k", "$1\r\n1\r\n");
        FakeConnection lease = leaseWithACall();
        fixture.redis().connection("control").lose();
        lease.lose();
        assertTrue(client.received().startsWith("-INDOUBT"));
        client.send("GET k");
        fixture.redis().goAway();
        fixture.loop().advanceMillis(1_200);

        client.expect("$1\r\n1\r\n");
    }

    private FakeConnection leaseWithACall() {
        client.send("GET k");
        fixture.data().reply("$1\r\n1\r\n");
        client.expect("$1\r\n1\r\n");
        fixture.data().takeReceived();
        client.send("EVALSHA " + SHA + " 0");
        return fixture.lease();
    }

    @Test
    void firstCallWaitsForALeaseNoLongerThanAnyCommandForRedis() {
        fixture.memory().answer("EVALSHA " + SHA + " 0", ":7\r\n");
        client.send("GET k");
        fixture.data().reply("$1\r\n1\r\n");
        client.received();
        fixture.redis().refuse();
        client.send("EVALSHA " + SHA + " 0");
        fixture.redis().goAway();

        fixture.loop().advanceMillis(1_300);

        client.expect(":7\r\n");
    }

    @Test
    void withoutALeaseToSpareItIsShared() {
        Client first = fixture.connect();
        Client second = fixture.connect();
        first.send("BLPOP a 0");
        second.send("BLPOP a 0");
        Client third = fixture.connect();
        third.send("BLPOP a 0");

        client.send("EVALSHA " + SHA + " 0");

        assertEquals(List.of("EVALSHA " + SHA + " 0"), fixture.data().takeReceived());
        fixture.data().reply(":1\r\n");
        client.expect(":1\r\n");
    }

    @Test
    void wrongNumberOfArgumentsIsRedissToTell() {
        client.send("EVAL return", "EVALSHA", "SCRIPT LOAD");

        assertEquals(
                List.of("EVAL return", "EVALSHA", "SCRIPT LOAD"), fixture.data().takeReceived());
    }

    // ---- bodies

    @Test
    void newRunOfRedisGetsTheScriptsBeforeTraffic() {
        client.send("SCRIPT LOAD return_1");
        fixture.data().reply("$3\r\nsha\r\n");
        client.received();
        quickCall("EVAL return_2 0", ":2\r\n");
        fixture.redis().takeControl();

        fixture.redis().goAway();
        fixture.redis().restart();
        client.send("GET a");
        fixture.loop().advance(Duration.ofSeconds(5));

        List<String> control = fixture.redis().takeControl();
        assertTrue(control.containsAll(List.of("SCRIPT LOAD return_1", "SCRIPT LOAD return_2")), control.toString());
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
    }

    @Test
    void sameRunOfRedisHasThem() {
        quickCall("EVAL return_2 0", ":2\r\n");
        fixture.redis().takeControl();

        fixture.redis().goAway();
        fixture.redis().comeBack();
        client.send("GET a");
        fixture.loop().advance(Duration.ofSeconds(5));

        assertTrue(fixture.redis().takeControl().stream().noneMatch(command -> command.startsWith("SCRIPT")));
    }

    @Test
    void flushedScriptsStayFlushed() {
        quickCall("EVAL return_2 0", ":2\r\n");
        client.send("SCRIPT FLUSH");
        fixture.data().reply("+OK\r\n");
        fixture.redis().takeControl();

        fixture.redis().goAway();
        fixture.redis().restart();
        client.send("GET a");
        fixture.loop().advance(Duration.ofSeconds(5));

        assertTrue(fixture.redis().takeControl().stream().noneMatch(command -> command.startsWith("SCRIPT")));
    }

    @Test
    void missingScriptIsLoadedAndCalledAgain() {
        client.send("SCRIPT LOAD return_1");
        fixture.data().reply("$3\r\nsha\r\n");
        client.received();
        String call = "EVALSHA " + RETURN_1 + " 0";
        client.send(call);
        fixture.lease().takeReceived();

        fixture.lease().reply(NOSCRIPT);

        client.expect("");
        assertEquals(List.of("SCRIPT LOAD return_1", call), fixture.lease().takeReceived());
        fixture.lease().reply("$3\r\nsha\r\n:1\r\n");
        client.expect(":1\r\n");
    }

    /** It is known, and known to be quick: it goes over the shared connection. */
    private String knownCall() {
        quickCall("EVAL return_1 0", ":1\r\n");
        return "EVALSHA " + RETURN_1 + " 0";
    }

    @Test
    void missingScriptIsLoadedAndCalledAgainOnTheSharedConnectionToo() {
        String call = knownCall();
        client.send("GET a", call);
        fixture.data().takeReceived();

        fixture.data().reply("$-1\r\n" + NOSCRIPT);
        client.send("GET b");

        client.expect("$-1\r\n");
        assertEquals(List.of("SCRIPT LOAD return_1", call), fixture.data().takeReceived());
        fixture.data().reply("$3\r\nsha\r\n:1\r\n");
        client.expect(":1\r\n");
        assertEquals(List.of("GET b"), fixture.data().takeReceived());
        fixture.data().reply("$-1\r\n");
        client.expect("$-1\r\n");
    }

    @Test
    void missingScriptIsNotCalledAgainBehindWhatItsClientSentLater() {
        String call = knownCall();
        client.send(call, "SET a 1");
        fixture.data().takeReceived();

        fixture.data().reply(NOSCRIPT + "+OK\r\n");

        client.expect(NOSCRIPT + "+OK\r\n");
        assertEquals(List.of(), fixture.data().takeReceived());
    }

    @Test
    void secondNoscriptOnTheSharedConnectionIsRedissAnswer() {
        String call = knownCall();
        client.send(call);
        fixture.data().reply(NOSCRIPT);

        fixture.data().reply("-NOPERM no\r\n" + NOSCRIPT);

        client.expect(NOSCRIPT);
    }

    @Test
    void callThatWasLostWhileItsScriptWasLoadedIsInDoubt() {
        String call = knownCall();
        client.send(call);
        fixture.data().reply(NOSCRIPT);

        fixture.data().lose();
        fixture.loop().advanceMillis(500);

        assertTrue(client.received().startsWith("-INDOUBT"));
    }

    @Test
    void scriptThatNobodyHasBroughtStaysMissing() {
        quickCall("EVALSHA " + SHA + " 0", NOSCRIPT);
    }

    @Test
    void secondNoscriptIsRedissAnswer() {
        client.send("SCRIPT LOAD return_1");
        fixture.data().reply("$3\r\nsha\r\n");
        client.received();
        client.send("EVALSHA " + RETURN_1 + " 0");
        fixture.lease().reply(NOSCRIPT);

        fixture.lease().reply("-NOPERM no\r\n" + NOSCRIPT);

        client.expect(NOSCRIPT);
    }

    // ---- kills

    @Test
    void killGoesOverAConnectionOfItsOwn() {
        client.send("EVALSHA " + SHA + " 0");
        Client killer = fixture.connect();
        fixture.redis().answerOwn("SCRIPT KILL", "-NOTBUSY No scripts in execution right now.\r\n");

        killer.send("SCRIPT KILL", "GET a");

        killer.expect("-NOTBUSY No scripts in execution right now.\r\n");
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
        assertEquals(1, fixture.redis().connections("lease").size());
    }
}
