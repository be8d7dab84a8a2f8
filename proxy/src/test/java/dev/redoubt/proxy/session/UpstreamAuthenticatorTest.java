package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamAuthenticatorTest {
    private static final String WRONG = "-WRONGPASS invalid username-password pair or user is disabled.\r\n";

    private final SessionFixture fixture = new SessionFixture();

    @BeforeEach
    void passwords() {
        fixture.redis().password("app", "secret");
        fixture.redis().password("other", "hidden");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private int asked() {
        return (int) fixture.redis().verifications();
    }

    @Test
    void userHasAConnectionThatSaysWhoHeIs() {
        Client client = fixture.start().connect();

        client.send("AUTH app secret", "GET a").expect("+OK\r\n");

        assertEquals(List.of("GET a"), fixture.data().takeReceived());
        assertEquals("app", fixture.data().user());
        assertEquals(1, asked());
        assertTrue(fixture.redis().connections("auth").isEmpty(), "the spare connection is closed");
    }

    @Test
    void wrongPasswordIsRedisToRefuseAndChangesNothing() {
        Client client = fixture.start().connect();
        client.send("AUTH app wrong").expect(WRONG);

        client.send("GET a");

        assertEquals("default", fixture.data().user());
        client.send("HELLO 3 AUTH app wrong SETNAME x");
        fixture.data().reply("+a\r\n");
        client.expect("+a\r\n" + WRONG);
        client.send("CLIENT GETNAME").expect("$-1\r\n");
    }

    @Test
    void helloWithAPasswordIsTheSame() {
        Client client = fixture.start().connect();

        client.send("HELLO 3 AUTH app secret SETNAME worker", "GET a");

        assertTrue(client.received().startsWith("%7\r\n"));
        assertEquals("app", fixture.data().user());
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
        assertTrue(fixture.data().name().endsWith("resp3"));
    }

    @Test
    void usersDoNotShareConnections() {
        fixture.start();
        Client app = fixture.connect();
        Client other = fixture.connect();
        app.send("AUTH app secret", "GET a");
        FakeConnection first = fixture.data();
        other.send("AUTH other hidden", "GET b");

        assertNotEquals(first, fixture.data());
        assertEquals(List.of("GET a"), first.takeReceived());
        assertEquals(List.of("GET b"), fixture.data().takeReceived());
    }

    @Test
    void passwordIsTrustedForHalfAMinute() {
        fixture.start();
        fixture.connect().send("AUTH app secret").expect("+OK\r\n");
        fixture.loop().advanceMillis(29_900);
        fixture.connect().send("AUTH app secret").expect("+OK\r\n");
        assertEquals(1, asked());

        fixture.loop().advanceMillis(200);
        fixture.connect().send("AUTH app secret").expect("+OK\r\n");

        assertEquals(2, asked());
    }

    @Test
    void anotherPasswordOfAKnownUserIsChecked() {
        fixture.start();
        fixture.connect().send("AUTH app secret").expect("+OK\r\n");

        fixture.connect().send("AUTH app wrong").expect(WRONG);
        fixture.connect().send("AUTH app secret").expect("+OK\r\n");

        assertEquals(2, asked(), "the right one is trusted all the same");
    }

    @Test
    void passwordThatWasChangedIsForgotten() {
        fixture.start();
        fixture.connect().send("AUTH app secret").expect("+OK\r\n");
        fixture.redis().password("app", "changed");
        fixture.loop().advanceMillis(31_000);
        fixture.connect().send("AUTH app secret").expect(WRONG);

        fixture.redis().goAway();
        Client client = fixture.connect().send("AUTH app secret");
        client.expect("");
        fixture.loop().advanceMillis(10_200);

        assertTrue(client.received().startsWith("-UNAVAILABLE "), "what Redis refused last is not accepted without it");
    }

    @Test
    void onlyWhatRedisAcceptedBeforeIsAcceptedWhileItIsAway() {
        fixture.start();
        fixture.connect().send("AUTH app secret").expect("+OK\r\n");
        fixture.redis().goAway();
        fixture.loop().advanceMillis(60_000);

        fixture.connect().send("AUTH app secret").expect("+OK\r\n");
        Client client = fixture.connect().send("AUTH other hidden", "CLIENT ID");
        client.expect("");
        fixture.loop().advanceMillis(10_200);

        String received = client.received();
        assertTrue(received.matches("-UNAVAILABLE [^\r\n]*\r\n:3\r\n"), received);
    }

    @Test
    void checkWaitsForRedis() {
        fixture.start();
        fixture.redis().goAway();
        Client client = fixture.connect().send("AUTH app secret", "GET a");
        fixture.loop().advanceMillis(500);
        client.expect("");

        fixture.redis().comeBack();
        fixture.loop().advanceMillis(1_000);

        client.expect("+OK\r\n");
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
    }

    @Test
    void checkWhoseConnectionIsLostIsMadeAgain() {
        fixture.start();
        fixture.redis().answerOwn("AUTH app secret", null);
        Client client = fixture.connect().send("AUTH app secret");
        fixture.redis().answerOwn("AUTH app secret", "+OK\r\n");
        fixture.redis().connection("auth").lose();
        client.expect("");

        fixture.loop().advanceMillis(200);

        client.expect("+OK\r\n");
    }

    @Test
    void clientThatLeavesWhileItIsCheckedIsForgotten() {
        fixture.start();
        fixture.redis().answerOwn("AUTH app secret", null);
        Client client = fixture.connect().send("AUTH app secret");
        client.socket().reset();

        fixture.redis().connection("auth").reply("+OK\r\n");

        assertEquals(0, fixture.openClients());
    }

    @Test
    void whereNoRedisWasEverSeenThereIsNothingToProtect() {
        fixture.redis().refuse();
        fixture.start();

        fixture.connect().send("AUTH app anything").expect("+OK\r\n");
    }

    @Test
    void clientsPasswordServesTheProxysOwnConnectionToo() {
        fixture.redis().answerOwn("CLIENT ID", "-NOAUTH Authentication required.\r\n");
        fixture.redis().answerOwn("INFO", "-NOAUTH Authentication required.\r\n");
        fixture.start();
        fixture.redis().takeControl();

        fixture.connect().send("AUTH app secret").expect("+OK\r\n");

        assertTrue(fixture.redis().takeControl().contains("AUTH app secret"));
    }

    /** Redis takes any password for a default user that has none, but only from those who name it. */
    @Test
    void passwordOfWhoNamesTheDefaultUserIsNoneOfWhoDoesNot() {
        String none = "-ERR AUTH <password> called without any password configured for the default user.\r\n";
        fixture.redis().answerOwn("AUTH default d", "+OK\r\n");
        fixture.redis().answerOwn("AUTH d", none);
        fixture.start();

        fixture.connect().send("AUTH default d").expect("+OK\r\n");
        fixture.connect().send("AUTH d").expect(none);
        fixture.connect().send("AUTH default d").expect("+OK\r\n");

        assertEquals(2, asked(), "whom Redis has accepted is trusted in the same form");
    }
}
