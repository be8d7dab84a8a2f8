package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords are Redis's to check: the application's own go through, and nobody gets in with another's. */
@Timeout(30)
class AuthIT {
    private static RedisServer redis;
    private static ProxyProcess open;
    private static ProxyProcess closed;

    @BeforeAll
    static void start() {
        redis = RedisServer.started("--requirepass", "secret");
        closed = ProxyProcess.before(redis);
        open = ProxyProcess.setup()
                .upstream(redis)
                .options("--upstream-password", "secret")
                .start();
        new ProxyPages(closed).awaitState("up");
        new ProxyPages(open).awaitState("up");
    }

    @BeforeEach
    void users() {
        try (RawClient admin = admin()) {
            admin.call("ACL", "SETUSER", "reader", "on", ">reads", "~*", "+@read", "+@connection");
            admin.call("SET", "k", "v");
        }
    }

    @AfterAll
    static void stop() {
        open.close();
        closed.close();
        redis.close();
    }

    @Test
    void withoutAPasswordOfItsOwnTheProxyPassesTheClientsOn() {
        try (RawClient client = closed.connect()) {
            assertError("NOAUTH", client.call("GET", "k"));
            assertError("WRONGPASS", client.call("AUTH", "wrong"));
            assertError("NOAUTH", client.call("GET", "k"));

            assertEquals("OK", client.call("AUTH", "secret"));

            assertEquals("v", client.call("GET", "k"));
            assertError("WRONGPASS", client.call("AUTH", "wrong"));
            assertEquals("v", client.call("GET", "k"), "a failed AUTH changes nothing");
        }
        try (RawClient next = closed.connect()) {
            assertError("NOAUTH", next.call("GET", "k"));
        }
    }

    @Test
    void withAPasswordOfItsOwnTheProxyOpensForAll() {
        try (RawClient client = open.connect()) {
            assertEquals("v", client.call("GET", "k"));
            assertError("WRONGPASS", client.call("AUTH", "wrong"));
            assertEquals("OK", client.call("AUTH", "secret"));
            assertEquals("v", client.call("GET", "k"));
        }
    }

    @Test
    void aUserHasItsOwnPermissions() {
        try (RawClient reader = open.connect();
                RawClient other = open.connect()) {
            assertError("WRONGPASS", reader.call("AUTH", "reader", "secret"));
            assertEquals("OK", reader.call("AUTH", "reader", "reads"));

            assertEquals("v", reader.call("GET", "k"));
            assertError("NOPERM", reader.call("SET", "k", "w"));
            assertEquals("OK", other.call("SET", "k", "w"));

            assertEquals("RESET", reader.call("RESET"));
            assertEquals("OK", reader.call("SET", "k", "as the default user"));
        }
    }

    /** Redis changes the user where the client is, and refuses only its own SELECT. */
    @Test
    void aUserWhoMayNotSelectStaysInItsDatabase() {
        for (ProxyProcess proxy : List.of(open, closed)) {
            try (RawClient client = proxy.connect();
                    RawClient admin = admin()) {
                admin.call("ACL", "SETUSER", "fixed", "on", ">pw", "~*", "+@all", "-select");
                assertEquals("OK", client.call("AUTH", "secret"));
                assertEquals("OK", client.call("SELECT", "5"));
                assertEquals("OK", client.call("SET", "in", "five"));

                assertEquals("OK", client.call("AUTH", "fixed", "pw"));

                assertEquals("five", client.call("GET", "in"));
                assertError("NOPERM", client.call("SELECT", "5"));
                assertError("NOPERM", client.call("SELECT", "0"));
                assertEquals("five", client.call("GET", "in"));
                assertEquals("fixed", client.call("ACL", "WHOAMI"));
            }
        }
    }

    @Test
    void helloCarriesUserAndPassword() {
        try (RawClient client = closed.connect()) {
            assertError("WRONGPASS", client.call("HELLO", "3", "AUTH", "reader", "wrong"));

            Map<?, ?> greeting = (Map<?, ?>) client.call("HELLO", "3", "AUTH", "reader", "reads", "SETNAME", "me");

            assertEquals(3L, greeting.get("proto"));
            assertEquals("v", client.call("GET", "k"));
            assertNull(client.call("GET", "nothing"));
            assertEquals("me", client.call("CLIENT", "GETNAME"));
        }
    }

    @Test
    void aRotatedPasswordIsRefusedAtOnceAlthoughAConnectionOfThatUserIsOpen() {
        try (RawClient admin = open.connect();
                RawClient before = open.connect();
                RawClient after = open.connect()) {
            assertEquals("OK", before.call("AUTH", "reader", "reads"));
            assertEquals("v", before.call("GET", "k"));

            assertEquals("OK", admin.call("ACL", "SETUSER", "reader", ">rotated", "<reads"));

            assertError("WRONGPASS", after.call("AUTH", "reader", "reads"));
            assertEquals("OK", after.call("AUTH", "reader", "rotated"));
            assertEquals("v", after.call("GET", "k"));
            admin.call("ACL", "SETUSER", "reader", "resetpass", ">reads");
        }
    }

    @Test
    void clientsOfADeletedUserAreClosedAndNobodyElse() {
        try (RawClient admin = open.connect();
                RawClient client = open.connect();
                RawClient other = open.connect()) {
            admin.call("ACL", "SETUSER", "guest", "on", ">pw", "~*", "+@all");
            assertEquals("OK", client.call("AUTH", "guest", "pw"));
            assertEquals("v", client.call("GET", "k"));

            assertEquals(1L, admin.call("ACL", "DELUSER", "guest"));

            Eventually.until("closed", client::isClosedByPeer);
            assertEquals("v", other.call("GET", "k"));
            assertError("WRONGPASS", other.call("AUTH", "guest", "pw"));
        }
    }

    @Test
    void aNewPasswordIsAcceptedAtOnce() {
        try (RawClient before = closed.connect();
                RawClient after = closed.connect();
                RawClient admin = admin()) {
            assertEquals("OK", before.call("AUTH", "secret"));
            assertEquals("v", before.call("GET", "k"));

            admin.call("CONFIG", "SET", "requirepass", "rotated");

            assertEquals("OK", after.call("AUTH", "rotated"));
            assertEquals("v", after.call("GET", "k"));
            assertEquals("v", before.call("GET", "k"), "as on a connection that Redis has authenticated before");
            assertError("WRONGPASS", after.call("AUTH", "never-right"));
            admin.call("CONFIG", "SET", "requirepass", "secret");
        }
    }

    @Test
    void aNewPasswordIsAcceptedAfterAllConnectionsWereLost() {
        try (RawClient before = closed.connect();
                RawClient admin = admin()) {
            assertEquals("OK", before.call("AUTH", "secret"));
            admin.call("CONFIG", "SET", "requirepass", "rotated");
            admin.call("CLIENT", "KILL", "TYPE", "normal");

            try (RawClient after = closed.connect()) {
                assertEquals("OK", after.call("AUTH", "rotated"));
                assertEquals("v", after.call("GET", "k"));
            }
            admin.call("CONFIG", "SET", "requirepass", "secret");
        }
    }

    /** Memory knows no permissions: what one user has read is not for another, and not for somebody who has not logged in. */
    @Test
    void memoryServesOneUserOnly() {
        String[] options = {
            "--requirepass", "secret", "--user", "reader", "on", ">reads", "~*", "+@read", "+@connection"
        };
        try (RedisServer server = RedisServer.started(options);
                ProxyProcess proxy = ProxyProcess.before(server);
                RawClient app = proxy.connect();
                RawClient reader = proxy.connect();
                RawClient stranger = proxy.connect()) {
            assertEquals("OK", app.call("AUTH", "secret"));
            assertEquals("OK", reader.call("AUTH", "reader", "reads"));
            assertEquals("OK", app.call("SET", "k", "for the app"));
            server.kill();
            assertEquals("for the app", app.call("GET", "k"), "memory answers");

            stranger.send("GET", "k");
            reader.send("SET", "k", "from the reader");
            assertEquals("OK", app.call("SET", "other", "1"));
            server.start();

            assertError("NOAUTH", stranger.read());
            assertError("NOPERM", reader.read());
            assertEquals("1", app.call("GET", "other"), "the journal is back");
        }
    }

    @Test
    void whileRedisIsAwayOnlyKnownPasswordsAreAccepted() {
        try (RawClient known = closed.connect();
                RawClient unknown = closed.connect()) {
            assertEquals("OK", known.call("AUTH", "secret"));
            redis.kill();

            try (RawClient next = closed.connect()) {
                assertEquals("OK", next.call("AUTH", "secret"));
            }
            unknown.send("AUTH", "wrong");
            redis.start();
            assertError("WRONGPASS", unknown.read());
        }
    }

    private static RawClient admin() {
        RawClient admin = redis.connect();
        admin.call("AUTH", "secret");
        return admin;
    }
}
