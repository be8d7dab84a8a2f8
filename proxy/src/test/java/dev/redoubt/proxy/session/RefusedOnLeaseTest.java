package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.FakeConnection;
import dev.redoubt.proxy.upstream.UpstreamFixture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Redis refuses for its state on a connection that a session has alone. */
class RefusedOnLeaseTest {
    private static final String BUSY = "-BUSY Redis is busy running a script. You can only call SCRIPT KILL.\r\n";
    private static final String NOAUTH = "-NOAUTH Authentication required.\r\n";
    private static final String DEMOTED =
            "-UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)\r\n";
    private static final String NOREPLICAS = "-NOREPLICAS Not enough good replicas to write.\r\n";

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void advance(long millis) {
        fixture.loop().advanceMillis(millis);
    }

    @Test
    void waitThatIsRefusedIsSentAgainWithWhatIsLeftOfItsTimeOut() {
        client.send("BLPOP list 5");
        fixture.lease().takeReceived();

        fixture.lease().reply(NOREPLICAS);
        client.expect("");
        advance(200);

        List<String> again = fixture.lease().takeReceived();
        assertEquals(1, again.size());
        assertTrue(again.get(0).matches("BLPOP list (5|4\\.[0-9]+)"), again.toString());
        fixture.lease().reply("*2\r\n$4\r\nlist\r\n$1\r\nx\r\n");
        client.expect("*2\r\n$4\r\nlist\r\n$1\r\nx\r\n");
        assertEquals(1, fixture.count(Counter.RESENT_REFUSED));
        assertEquals(1, fixture.redis().connections("lease").size(), "it was given back in between");
    }

    @Test
    void waitThatIsRefusedUntilItsTimeOutEndsWithNil() {
        client.send("BLPOP list 1");
        refuseFor(900, BUSY);
        client.expect("");

        refuseFor(150, BUSY);

        client.expect("*-1\r\n");
    }

    @Test
    void waitThatIsEndedAsItsServerBecomesAReplicaIsSentToThePrimary() {
        client.send("BLPOP list 30");
        FakeConnection lease = fixture.lease();
        lease.takeReceived();
        advance(20_000);
        fixture.redis().role("slave");
        lease.reply(DEMOTED);
        advance(500);
        client.expect("");
        fixture.redis().role("master");

        advance(1_000);

        List<String> again = fixture.lease().takeReceived();
        assertEquals(1, again.size());
        assertTrue(again.get(0).matches("BLPOP list [98]\\.[0-9]+"), again.toString());
    }

    @Test
    void newsThatWereMissedMeanwhileAreAnError() {
        client.send("XREAD BLOCK 30000 STREAMS s $");
        fixture.lease().takeReceived();
        advance(20_000);

        fixture.lease().reply(DEMOTED);

        client.expect(DEMOTED);
    }

    @Test
    void whoIsEndedByAnotherClientIsToldSo() {
        client.send("BLPOP list 0");
        fixture.lease().takeReceived();

        fixture.lease().reply("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n");

        client.expect("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n");
    }

    @Test
    void waitForReplicasIsAskedAgainOfTheSameServer() {
        client.send("WAIT 1 10000");
        fixture.lease().takeReceived();
        fixture.lease().reply(BUSY);
        advance(200);
        assertEquals(List.of("PING"), fixture.lease().takeReceived());
        fixture.lease().reply("+PONG\r\n");
        assertEquals(1, fixture.lease().takeReceived().size());

        fixture.lease().reply(DEMOTED);

        client.expect(DEMOTED);
    }

    @Test
    void largeReplyIsWaitedForOnTheSharedConnection() {
        client.send("KEYS *", "GET a");
        fixture.lease().takeReceived();

        fixture.lease().reply(BUSY);

        client.expect("");
        assertEquals(List.of("KEYS *"), fixture.data().takeReceived());
        fixture.data().reply(BUSY);
        advance(200);
        assertEquals(List.of("KEYS *"), fixture.data().takeReceived());
        fixture.data().reply("*0\r\n");
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
        fixture.data().reply("$1\r\nx\r\n");
        client.expect("*0\r\n$1\r\nx\r\n");
        assertEquals(1, fixture.redis().connections("lease").size(), "it was given back");
    }

    @Test
    void connectionThatIsNobodysIsOpenedAgainOnce() {
        SessionFixture withPassword = new SessionFixture(UpstreamFixture.TIMINGS, new Credentials(null, "secret"));
        try {
            withPassword.redis().password("default", "secret");
            Client known = withPassword.start().connectReady();
            known.send("BLPOP list 0");
            FakeConnection first = withPassword.lease();
            first.takeReceived();
            first.reply(NOAUTH);
            withPassword.loop().advanceMillis(200);
            assertFalse(first.isOpen());
            assertEquals(List.of("BLPOP list 0"), withPassword.lease().takeReceived());

            withPassword.lease().reply(NOAUTH);

            known.expect(NOAUTH);
        } finally {
            withPassword.close();
        }
    }

    @Test
    void afterItsHoldBudgetTheClientGetsTheError() {
        client.send("BLPOP list 0");
        refuseFor(9_800, NOREPLICAS);
        client.expect("");

        refuseFor(500, NOREPLICAS);

        client.expect(NOREPLICAS);
    }

    /** Redis says that to whatever comes over a lease in so long. */
    private void refuseFor(long millis, String error) {
        for (long passed = 0; passed < millis; passed += 50) {
            if (!fixture.redis().connections("lease").isEmpty()) {
                fixture.lease()
                        .takeReceived()
                        .forEach(command -> fixture.lease().reply(error));
            }
            advance(50);
        }
    }

    @Test
    void itsBudgetBeginsWhenItIsRefusedNotWhenItBeganToWait() {
        client.send("BLPOP list 0");
        advance(60_000);

        refuseFor(9_600, NOREPLICAS);
        advance(200);

        client.expect("");
        assertEquals(List.of("BLPOP list 0"), fixture.lease().takeReceived());
        fixture.lease().reply("*2\r\n$4\r\nlist\r\n$1\r\nx\r\n");
        client.expect("*2\r\n$4\r\nlist\r\n$1\r\nx\r\n");
    }

    @Test
    void ofABusyRedisTheClientHearsAfterTwoSeconds() {
        client.send("BLPOP list 0");
        refuseFor(1_900, BUSY);
        client.expect("");

        refuseFor(300, BUSY);

        client.expect(BUSY);
        client.send("BLPOP list 0");
        refuseFor(50, BUSY);
        client.expect(BUSY);
    }

    @Test
    void clientThatLeavesMeanwhileIsNotWaitedFor() {
        client.send("BLPOP list 0");
        fixture.lease().takeReceived();
        fixture.lease().reply(BUSY);

        client.socket().reset();
        advance(1_000);

        assertEquals(List.of(), fixture.lease().takeReceived());
    }

    @Test
    void serverThatIsNoPrimaryAnyMoreIsLeft() {
        client.send("BLPOP list 0");
        FakeConnection lease = fixture.lease();
        lease.takeReceived();
        fixture.redis().role("slave");
        lease.reply("-READONLY You can't write against a read only replica.\r\n");
        advance(100);
        assertFalse(lease.isOpen());
        fixture.redis().role("master");
        advance(1_000);

        assertEquals(List.of("BLPOP list 0"), fixture.lease().takeReceived());
        client.expect("");
    }

    @Test
    void scriptThatDidNotStartIsCalledAgain() {
        client.send("EVAL return_2 0", "GET a");
        fixture.lease().takeReceived();

        fixture.lease().reply(BUSY);
        client.expect("");
        advance(200);

        assertEquals(List.of("EVAL return_2 0"), fixture.lease().takeReceived());
        assertEquals(List.of(), fixture.data().takeReceived(), "what is behind it waits");
        fixture.lease().reply(":2\r\n");
        client.expect(":2\r\n");
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
    }

    @Test
    void scriptThatMayHaveRunIsNot() {
        client.send("EVAL return_2 0");
        fixture.lease().takeReceived();

        fixture.lease().reply(NOREPLICAS);

        client.expect(NOREPLICAS);
    }

    @Test
    void scriptThatFindsNoLeaseAnyMoreEnds() {
        client.send("EVAL return_2 0", "PING");
        fixture.lease().takeReceived();
        fixture.lease().reply(BUSY);
        fixture.redis().goAway();

        advance(11_000);

        assertTrue(client.received().startsWith("-UNAVAILABLE "));
    }
}
