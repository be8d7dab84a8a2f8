package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords are Redis's to check: the application's own go through, and nobody gets in with another's. */
@Timeout(30)
class AuthIT {
    private RedisServer redis;
    private ProxyProcess proxy;

    @BeforeEach
    void start() {
        redis = RedisServer.started("--requirepass", "secret");
        try (RawClient admin = admin()) {
            admin.call("ACL", "SETUSER", "reader", "on", ">reads", "~*", "+@read", "+@connection");
            admin.call("SET", "k", "v");
        }
    }

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void withoutAPasswordOfItsOwnTheProxyPassesTheClientsOn() {
        proxyKnowsNoPassword();
        try (RawClient client = proxy.connect()) {
            assertError("NOAUTH", client.call("GET", "k"));
            assertError("WRONGPASS", client.call("AUTH", "wrong"));
            assertError("NOAUTH", client.call("GET", "k"));

            assertEquals("OK", client.call("AUTH", "secret"));

            assertEquals("v", client.call("GET", "k"));
            assertError("WRONGPASS", client.call("AUTH", "wrong"));
            assertEquals("v", client.call("GET", "k"), "a failed AUTH changes nothing");
        }
        try (RawClient next = proxy.connect()) {
            assertError("NOAUTH", next.call("GET", "k"));
        }
    }

    @Test
    void withAPasswordOfItsOwnTheProxyOpensForAll() {
        proxyKnowsThePassword();
        try (RawClient client = proxy.connect()) {
            assertEquals("v", client.call("GET", "k"));
            assertError("WRONGPASS", client.call("AUTH", "wrong"));
            assertEquals("OK", client.call("AUTH", "secret"));
            assertEquals("v", client.call("GET", "k"));
        }
    }

    @Test
    void aUserHasItsOwnPermissions() {
        proxyKnowsThePassword();
        try (RawClient reader = proxy.connect();
                RawClient other = proxy.connect()) {
            assertError("WRONGPASS", reader.call("AUTH", "reader", "secret"));
            assertEquals("OK", reader.call("AUTH", "reader", "reads"));

            assertEquals("v", reader.call("GET", "k"));
            assertError("NOPERM", reader.call("SET", "k", "w"));
            assertEquals("OK", other.call("SET", "k", "w"));

            assertEquals("RESET", reader.call("RESET"));
            assertEquals("OK", reader.call("SET", "k", "as the default user"));
        }
    }

    @Test
    void helloCarriesUserAndPassword() {
        proxyKnowsNoPassword();
        try (RawClient client = proxy.connect()) {
            assertError("WRONGPASS", client.call("HELLO", "3", "AUTH", "reader", "wrong"));

            Map<?, ?> greeting = (Map<?, ?>) client.call("HELLO", "3", "AUTH", "reader", "reads", "SETNAME", "me");

            assertEquals(3L, greeting.get("proto"));
            assertEquals("v", client.call("GET", "k"));
            assertNull(client.call("GET", "nothing"));
            assertEquals("me", client.call("CLIENT", "GETNAME"));
        }
    }

    @Test
    void aNewPasswordIsAcceptedAtOnce() {
        proxyKnowsNoPassword();
        try (RawClient before = proxy.connect();
                RawClient after = proxy.connect();
                RawClient admin = admin()) {
            assertEquals("OK", before.call("AUTH", "secret"));
            assertEquals("v", before.call("GET", "k"));

            admin.call("CONFIG", "SET", "requirepass", "rotated");

            assertEquals("OK", after.call("AUTH", "rotated"));
            assertEquals("v", after.call("GET", "k"));
            assertEquals("v", before.call("GET", "k"), "as on a connection that Redis has authenticated before");
            assertError("WRONGPASS", after.call("AUTH", "never-right"));
        }
    }

    @Test
    void aNewPasswordIsAcceptedAfterAllConnectionsWereLost() {
        proxyKnowsNoPassword();
        try (RawClient before = proxy.connect();
                RawClient admin = admin()) {
            assertEquals("OK", before.call("AUTH", "secret"));
            admin.call("CONFIG", "SET", "requirepass", "rotated");
            admin.call("CLIENT", "KILL", "TYPE", "normal");

            try (RawClient after = proxy.connect()) {
                assertEquals("OK", after.call("AUTH", "rotated"));
                assertEquals("v", after.call("GET", "k"));
            }
        }
    }

    @Test
    void whileRedisIsAwayOnlyKnownPasswordsAreAccepted() {
        proxyKnowsNoPassword();
        try (RawClient known = proxy.connect();
                RawClient unknown = proxy.connect()) {
            assertEquals("OK", known.call("AUTH", "secret"));
            redis.kill();

            try (RawClient next = proxy.connect()) {
                assertEquals("OK", next.call("AUTH", "secret"));
            }
            unknown.send("AUTH", "wrong");
            redis.start();
            assertError("WRONGPASS", unknown.read());
        }
    }

    private void proxyKnowsNoPassword() {
        proxy = ProxyProcess.before(redis);
        new ProxyPages(proxy).awaitState("up");
    }

    private void proxyKnowsThePassword() {
        proxy = ProxyProcess.setup()
                .upstream(redis)
                .options("--upstream-password", "secret")
                .start();
        new ProxyPages(proxy).awaitState("up");
    }

    private RawClient admin() {
        RawClient admin = redis.connect();
        admin.call("AUTH", "secret");
        return admin;
    }
}
