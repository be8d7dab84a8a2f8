package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.ListedUsers;
import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.UpstreamFixture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy has users of its own, and one at Redis. */
class OwnUsersTest {
    private static final String REFUSED = "-NOAUTH Authentication required.\r\n";
    private static final String WRONG = "-WRONGPASS invalid username-password pair or user is disabled.\r\n";

    private final OwnUsers users = new OwnUsers(ListedUsers.of("ann", "secret", "default", "shared"));
    private final SessionFixture fixture =
            new SessionFixture(UpstreamFixture.TIMINGS, new Credentials("proxy", "hidden"), users);

    @BeforeEach
    void start() {
        fixture.redis().password("proxy", "hidden");
        fixture.start();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Client ann() {
        return loggedIn("AUTH ann secret");
    }

    private Client loggedIn(String auth) {
        Client client = fixture.connect().send(auth);
        client.expect("+OK\r\n");
        return client;
    }

    @Test
    void nobodyIsServedWhoHasNotSaidWhoHeIs() {
        Client client = fixture.connect();

        client.send("GET a", "PING", "CLIENT ID", "MULTI", "SUBSCRIBE c", "BLPOP q 0", "EVAL x 0", "MONITOR", "INFO");

        client.expect(REFUSED.repeat(9));
        assertEquals(0, fixture.redis().connections("data").size(), "Redis hears nothing of it");
        assertEquals(0, fixture.redis().connections("lease").size());
        assertTrue(client.isOpen());
    }

    @Test
    void mistakesAreNamedAsRedisDoesItForStrangers() {
        Client client = fixture.connect();

        client.send("GET");
        client.expect("-ERR wrong number of arguments for 'get' command\r\n");
        client.send("NOSUCH a");
        client.expect("-ERR unknown command 'NOSUCH', with args beginning with: 'a' \r\n");
    }

    @Test
    void whoeverIsOnTheListIsTheProxysUserAtRedis() {
        Client client = ann();

        client.send("GET a");
        fixture.data().reply("$1\r\n1\r\n");

        client.expect("$1\r\n1\r\n");
        assertEquals(List.of("GET a"), fixture.data().takeReceived());
        assertEquals(0, fixture.redis().verifications(), "Redis is not asked about clients' passwords");
        assertEquals(1, fixture.redis().connections("data").size());
    }

    @Test
    void whatFollowsInTheSamePipelineIsServed() {
        Client client = fixture.connect();

        client.send("GET a", "AUTH ann secret", "GET b");
        fixture.data().reply("$1\r\n2\r\n");

        client.expect(REFUSED + "+OK\r\n$1\r\n2\r\n");
        assertEquals(List.of("GET b"), fixture.data().takeReceived());
    }

    @Test
    void aPasswordAloneIsTheDefaultUsers() {
        fixture.connect().send("AUTH secret").expect(WRONG);
        fixture.connect().send("AUTH shared").expect("+OK\r\n");
    }

    @Test
    void aWrongPasswordIsRefusedAlthoughSomebodyIsIn() {
        ann();

        Client client = fixture.connect().send("AUTH ann wrong");
        client.expect(WRONG);
        client.send("GET a").expect(REFUSED);
        fixture.connect().send("AUTH eve secret").expect(WRONG);
        fixture.connect().send("AUTH proxy hidden").expect(WRONG);

        assertEquals(3, fixture.count(Counter.PASSWORDS_REFUSED));
    }

    @Test
    void aFailedLoginChangesNothing() {
        Client client = ann().send("AUTH default wrong");
        client.expect(WRONG);

        client.send("CLIENT INFO");

        assertTrue(client.received().contains(" user=ann "));
    }

    @Test
    void helloLogsIn() {
        Client client = fixture.connect();
        client.send("HELLO 3");
        assertTrue(client.received().startsWith("-NOAUTH HELLO must be called with the client already authenticated"));
        client.send("HELLO 3 AUTH ann wrong").expect(WRONG);

        client.send("HELLO 3 AUTH ann secret");

        assertTrue(client.received().startsWith("%7\r\n"));
        client.send("CLIENT INFO");
        assertTrue(client.received().contains(" user=ann "));
    }

    @Test
    void resetTakesTheLoginBack() {
        Client client = ann().send("RESET");
        client.expect("+RESET\r\n");

        client.send("GET a").expect(REFUSED);
        client.sendRaw("*11\r\n").expect("-ERR Protocol error: unauthenticated multibulk length\r\n");

        assertFalse(client.isOpen());
    }

    @Test
    void quitIsForEverybody() {
        Client client = fixture.connect().send("QUIT");

        client.expect("+OK\r\n");
        assertFalse(client.isOpen());
    }

    @Test
    void aStrangerCannotFillMemory() {
        Client client = fixture.connect().sendRaw("*2\r\n$3\r\nGET\r\n$16385\r\n");

        client.expect("-ERR Protocol error: unauthenticated bulk length\r\n");
        assertFalse(client.isOpen());
    }

    @Test
    void largeCommandsAreTakenOfWhoeverHasLoggedIn() {
        Client client = ann();

        client.sendRaw("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$200000\r\n" + "x".repeat(1000));

        assertTrue(client.isOpen());
        assertNotEquals(0, fixture.redis().connections("lease").size());
    }

    @Test
    void inAnOutageNobodyElseIsLetInAndNobodyIsKeptOut() {
        fixture.redis().goAway();

        fixture.connect().send("AUTH ann wrong").expect(WRONG);
        fixture.connect().send("AUTH ann secret").expect("+OK\r\n");
        fixture.connect().send("PING").expect(REFUSED);
    }

    @Test
    void clientsOfAUserWhoIsStruckOffTheListAreClosed() {
        Client ann = ann();
        Client other = loggedIn("AUTH shared");
        Client stranger = fixture.connect();

        users.replace(ListedUsers.of("default", "shared"), fixture.house().clients());
        fixture.loop().run();

        assertFalse(ann.isOpen());
        assertTrue(other.isOpen());
        assertTrue(stranger.isOpen());
        stranger.send("AUTH ann secret").expect(WRONG);
    }

    @Test
    void aRotatedPasswordIsRefusedAndWhoIsInStays() {
        Client before = ann();

        users.replace(ListedUsers.of("ann", "rotated"), fixture.house().clients());

        assertTrue(before.isOpen());
        fixture.connect().send("AUTH ann secret").expect(WRONG);
        fixture.connect().send("AUTH ann rotated").expect("+OK\r\n");
    }

    @Test
    void clientsAreListedAndKilledByTheirOwnUsers() {
        Client ann = ann();
        Client other = loggedIn("AUTH shared");
        fixture.redis().goAway();

        other.send("CLIENT LIST");
        String list = other.received();
        assertTrue(list.contains(" user=ann ") && list.contains(" user=default "), list);
        assertFalse(list.contains("user=proxy"));
        other.send("CLIENT KILL USER proxy").expect("-ERR No such user 'proxy'\r\n");
        other.send("CLIENT KILL USER ann").expect(":1\r\n");

        assertFalse(ann.isOpen());
        assertTrue(other.isOpen());
    }
}
