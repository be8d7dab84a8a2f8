package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What blocks or changes its connection has one of its own. */
class LeaseDeskTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();
    private final FakeConnection data = fixture.data();

    @AfterEach
    void close() {
        fixture.close();
    }

    // ---- commands that block

    @Test
    void blockingCommandHoldsNobodyUp() {
        Client other = fixture.connect();
        client.send("BLPOP list 0");
        other.send("GET a");
        assertEquals(List.of("BLPOP list 0"), fixture.lease().takeReceived());
        data.reply("+a\r\n");
        other.expect("+a\r\n");

        fixture.lease().reply("*2\r\n$4\r\nlist\r\n$1\r\nx\r\n");

        client.expect("*2\r\n$4\r\nlist\r\n$1\r\nx\r\n");
    }

    @Test
    void blockingCommandWaitsForEarlierRepliesAndWhatFollowsForIts() {
        client.send("LPUSH list 1", "BLPOP list 0", "GET a");
        assertEquals(List.of("LPUSH list 1"), data.takeReceived());
        assertTrue(fixture.redis().connections("lease").isEmpty());

        data.reply(":1\r\n");
        assertEquals(List.of("BLPOP list 0"), fixture.lease().takeReceived());
        assertEquals(List.of(), data.takeReceived());
        fixture.lease().reply("*-1\r\n");

        assertEquals(List.of("GET a"), data.takeReceived());
        client.expect(":1\r\n*-1\r\n");
    }

    @Test
    void elementIsNotPoppedForAClientThatLeft() {
        client.send("BLPOP list 0");
        FakeConnection lease = fixture.lease();

        client.socket().reset();

        assertFalse(lease.isOpen());
    }

    @Test
    void elementIsNotPoppedForAClientThatClosedItsSide() {
        client.send("BLPOP list 0");
        FakeConnection lease = fixture.lease();

        client.socket().receiveEnd();

        assertFalse(client.isOpen());
        assertFalse(lease.isOpen());
    }

    @Test
    void leaseIsGivenBackToTheNextWhoNeedsOne() {
        Client other = fixture.connect();
        client.send("BLPOP list 0");
        fixture.lease().reply("*-1\r\n");

        other.send("BRPOP list 0");

        assertEquals(List.of("BLPOP list 0", "BRPOP list 0"), fixture.lease().takeReceived());
        assertEquals(1, fixture.redis().connections("lease").size());
    }

    @Test
    void leasesAreLimited() {
        for (int i = 0; i < 3; i++) {
            fixture.connect().send("BLPOP list 0");
        }

        client.send("BLPOP list 0");

        String error = client.received();
        assertTrue(error.startsWith("-UNAVAILABLE all 3 leased connections are in use"), error);
        client.send("GET a");
        assertEquals(List.of("GET a"), data.takeReceived());
    }

    @Test
    void idleLeasesOfAnotherDatabaseMakeRoom() {
        for (int i = 0; i < 3; i++) {
            fixture.connect().send("BLPOP list 0");
        }
        fixture.redis().connections("lease").forEach(lease -> lease.reply("*-1\r\n"));
        client.send("SELECT 1").expect("+OK\r\n");

        client.send("BLPOP list 0").expect("");

        assertEquals("redoubt-lease-db1-resp2", fixture.lease().name());
        assertEquals(3, fixture.redis().connections("lease").size());
    }

    @Test
    void lostLeaseLeavesAnUnsentCommandUnavailable() {
        client.send("WATCH a");
        FakeConnection lease = fixture.lease();
        lease.reply("+OK\r\n");
        client.received();
        lease.socket().takeOnly(0);
        client.send("SET a 1");

        lease.lose();

        String error = client.received();
        assertTrue(error.startsWith("-UNAVAILABLE "), error);
    }

    @Test
    void leaseThatIsNotToBeHadIsAnErrorInTime() {
        fixture.redis().goAway();
        client.send("WATCH a");
        fixture.loop().advanceMillis(9_900);
        client.expect("");

        fixture.loop().advanceMillis(200);

        assertTrue(client.received().startsWith("-UNAVAILABLE "));
    }

    // ---- WAIT

    @Test
    void waitComesBehindAWriteOfItsOwnConnection() {
        client.send("SET a 1", "WAIT 1 100");
        data.reply("+OK\r\n");

        FakeConnection lease = fixture.lease();
        assertEquals(List.of("PING"), lease.takeReceived());
        lease.reply("+PONG\r\n");
        assertEquals(List.of("WAIT 1 100"), lease.takeReceived());
        lease.reply(":1\r\n");

        client.expect("+OK\r\n:1\r\n");
    }

    // ---- changes for good

    @Test
    void scriptDebuggingIsRelayed() {
        client.send("SCRIPT DEBUG yes");
        fixture.lease().reply("+OK\r\n");
        client.expect("+OK\r\n");
        client.send("GET a");

        assertEquals(List.of("SCRIPT DEBUG yes", "GET a"), fixture.lease().takeReceived());
    }

    @Test
    void relayThatTakesNothingStopsTheClient() {
        client.send("SCRIPT DEBUG yes");
        fixture.lease().socket().takeOnly(0);
        String piece = "x".repeat(10_000);
        int read = 0;
        while (client.socket().unread() == 0 && read < 1_000) {
            client.send("SET a " + piece);
            read++;
        }
        int sent = read;
        assertTrue(sent < 100, () -> sent + " commands were read");

        fixture.lease().socket().takeAll();

        assertEquals(0, client.socket().unread());
        assertEquals(sent + 1, fixture.lease().takeReceived().size());
    }
}
