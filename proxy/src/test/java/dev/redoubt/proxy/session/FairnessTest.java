package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known or was seen to have a large reply keeps nobody else waiting. */
class FairnessTest {
    private static final int LARGE = 2 << 20;

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();
    private final FakeConnection data = fixture.data();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String bulk(int length) {
        return "$" + length + "\r\n" + "x".repeat(length) + "\r\n";
    }

    @Test
    void keysTakesALease() {
        client.send("KEYS *");

        assertEquals(List.of(), data.takeReceived());
        assertEquals(List.of("KEYS *"), fixture.lease().takeReceived());
        fixture.lease().reply("*0\r\n");
        client.expect("*0\r\n");
    }

    @Test
    void keysIsHeldWithEverythingElseInAnOutage() {
        fixture.redis().goAway();
        client.send("KEYS *");
        fixture.redis().comeBack();
        fixture.loop().advance(Duration.ofSeconds(1));

        assertEquals(List.of("KEYS *"), fixture.data().takeReceived());
    }

    @Test
    void whatHadALargeReplyTakesALeaseTheNextTime() {
        client.send("GET big", "GET small");
        data.takeReceived();
        data.reply(bulk(LARGE) + "$1\r\ns\r\n");
        client.received();

        client.send("GET small", "get big", "GET small");

        assertEquals(List.of("GET small"), data.takeReceived());
        data.reply("$1\r\ns\r\n");
        assertEquals(List.of("get big"), fixture.lease().takeReceived());
        fixture.lease().reply(bulk(3));
        client.expect("$1\r\ns\r\n" + bulk(3));
        assertEquals(List.of("GET small"), data.takeReceived());
    }

    @Test
    void secondOfARunIsTheOneThatIsKnown() {
        client.send("GET a", "GET b", "GET c");
        data.takeReceived();
        data.reply(bulk(1) + bulk(LARGE) + bulk(1));
        client.received();
        Client other = fixture.connect();

        other.send("GET a", "GET c");
        assertEquals(List.of("GET a", "GET c"), data.takeReceived());
        data.reply(bulk(1) + bulk(1));
        other.send("GET b");

        assertEquals(List.of("GET b"), fixture.lease().takeReceived());
    }

    @Test
    void whatIsLargeNoMoreIsForgotten() {
        client.send("GET big");
        data.reply(bulk(LARGE));
        client.received();
        data.takeReceived();
        fixture.loop().advance(Duration.ofSeconds(61));

        client.send("GET big");

        assertEquals(List.of("GET big"), data.takeReceived());
    }

    @Test
    void commandWithoutItsKeyIsNoTrouble() {
        client.send("GET big");
        data.reply(bulk(LARGE));
        client.received();
        data.takeReceived();

        fixture.connect().send("GET", "GET a");

        assertEquals(List.of("GET", "GET a"), data.takeReceived());
    }

    @Test
    void replyOnALeaseWaitsAtRedisForAClientThatReadsSlowly() {
        client.send("KEYS *");
        FakeConnection lease = fixture.lease();
        lease.takeReceived();
        client.socket().takeOnly(0);

        lease.reply(bulk(8 * LARGE));

        assertTrue(client.isOpen());
        assertTrue(lease.socket().unread() > 0);
        client.socket().takeAll();
        assertEquals(bulk(8 * LARGE).length(), client.received().length());
        assertEquals(0, lease.socket().unread());
        client.send("GET a");
        assertEquals(List.of("GET a"), data.takeReceived());
    }

    @Test
    void leaseOfAClientThatStoppedReadingIsNotGivenToTheNextUnread() {
        client.send("KEYS *");
        FakeConnection lease = fixture.lease();
        client.socket().takeOnly(0);
        lease.reply(bulk(LARGE));
        client.socket().reset();

        assertFalse(lease.isOpen());
    }
}
