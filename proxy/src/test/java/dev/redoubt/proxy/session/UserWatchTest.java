package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of clients whose user Redis deletes or gives another password. */
class UserWatchTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client other = fixture.connectReady();
    private final Client ann = fixture.connect();

    @BeforeEach
    void authenticate() {
        fixture.redis().password("ann", "secret");
        ann.send("AUTH ann secret").expect("+OK\r\n");
        ann.send("GET a");
        fixture.data().reply("$-1\r\n");
        ann.expect("$-1\r\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void clientsOfADeletedUserAreClosed() {
        fixture.redis().password("ann", "none");

        fixture.data().lose();
        fixture.loop().advance(Duration.ofSeconds(3));

        assertFalse(ann.isOpen());
        assertTrue(other.isOpen());
    }

    @Test
    void clientsOfAUserThatStillIsStayAfterALoss() {
        fixture.data().lose();
        fixture.loop().advance(Duration.ofSeconds(3));

        assertTrue(ann.isOpen());
        ann.send("GET a");
        fixture.data().reply("$-1\r\n");
        ann.expect("$-1\r\n");
    }

    @Test
    void changedUsersAreVerifiedAnewAtOnce() {
        Client admin = fixture.connect();
        fixture.redis().password("ann", "rotated");
        admin.send("ACL SETUSER ann >rotated <secret");

        fixture.connect()
                .send("AUTH ann secret")
                .expect("-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    }

    @Test
    void whatIsVerifiedBeforeRedisHasDoneItIsNotKept() {
        Client admin = fixture.connect();
        admin.send("ACL SETUSER ann >rotated <secret");
        fixture.connect().send("AUTH ann secret").expect("+OK\r\n");
        fixture.redis().password("ann", "rotated");

        fixture.connect()
                .send("AUTH ann secret")
                .expect("-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    }

    @Test
    void withoutAChangeAPasswordIsVerifiedOnce() {
        long before = fixture.redis().verifications();

        fixture.connect().send("AUTH ann secret").expect("+OK\r\n");

        assertEquals(before, fixture.redis().verifications());
    }
}
