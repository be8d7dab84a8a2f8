package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.Push;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisError;
import dev.redoubt.it.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real Redis is stopped and goes on later: what it has is kept for as long as that takes, whatever the clients had sent, and however full its socket is. {@code ./dev stall} stops it for 20 s with the default settings; by itself
 * this test has all times at a sixth.
 */
@Timeout(120)
class StallIT {
    private static final boolean REAL = Boolean.getBoolean("redoubt.real-times");
    private static final Duration STALL = Duration.ofMillis(REAL ? 20_000 : 3_300);
    private static final String[] SIXTH = {
        "--upstream-lost-after", "500ms",
        "--backlog-hold-budget", "1600ms",
        "--fallback-enter-after", "160ms",
        "--upstream-ping-interval", "160ms"
    };

    /** More than the kernels at both ends keep for a process that does not read: 4 MB here, with the defaults of Linux. */
    private static final int FLOODING = 5;

    private static final int FLOOD_COMMANDS = 32;
    private static final String FLOOD_VALUE = "f".repeat(60_000);
    private static final String LARGE_VALUE = "l".repeat(8 << 20);

    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio"})
    void nothingIsRepeatedGivenUpOrClosed(String transport) {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.setup()
                        .upstream(redis)
                        .options("--transport", transport)
                        .options(REAL ? new String[0] : SIXTH)
                        .start();
                Clients clients = new Clients(proxy)) {
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("up");
            clients.prepare();
            long closed = pages.closedClients();

            redis.pause();
            clients.send();
            Eventually.holdsFor("the proxy", STALL, proxy::isRunning);
            redis.resume();

            clients.check();
            for (String none : List.of(
                    "in_doubt",
                    "resent_read",
                    "resent_last_wins",
                    "resent_cursor",
                    "resent_refused",
                    "resent_at_least_once",
                    "resent_blocking",
                    "upstream_lost",
                    "upstream_stalled",
                    "reconnects")) {
                assertEquals(0, pages.metric(none + "_total"), none);
            }
            assertEquals(closed, pages.closedClients());
        }
    }

    /** One for each way that a command can take. */
    private static final class Clients implements AutoCloseable {
        private final List<RawClient> all = new ArrayList<>();
        private final ProxyProcess proxy;
        private final RawClient plain;
        private final RawClient watching;
        private final RawClient blocked;
        private final RawClient subscriber;
        private final RawClient large;
        private final List<RawClient> flooding = new ArrayList<>();

        Clients(ProxyProcess proxy) {
            this.proxy = proxy;
            plain = connect();
            watching = connect();
            blocked = connect();
            subscriber = connect();
            large = connect();
            for (int i = 0; i < FLOODING; i++) {
                flooding.add(connect());
            }
        }

        private RawClient connect() {
            RawClient client = proxy.connect().timeout(STALL.plusSeconds(10));
            all.add(client);
            return client;
        }

        void prepare() {
            for (RawClient client : all) {
                assertEquals("PONG", client.call("PING"));
            }
            assertEquals("OK", watching.call("WATCH", "w"));
            subscriber.call("HELLO", "3");
            assertEquals(List.of("subscribe", "news", 1L), ((Push) subscriber.call("SUBSCRIBE", "news")).elements());
            blocked.send("BLPOP", "list", "0");
            assertEquals("OK", large.call("SET", "large", LARGE_VALUE), "leaves a lease for the next one");
        }

        void send() {
            plain.sendAll(
                    words("INCR n"), words("SET k v"), words("RPUSH list x"), words("SCAN 0"), words("PUBLISH news x"));
            watching.sendAll(words("MULTI"), words("INCR m"), words("EXEC"));
            large.send("SET", "large", LARGE_VALUE);
            for (RawClient client : flooding) {
                String[][] sets = new String[FLOOD_COMMANDS][];
                for (int i = 0; i < sets.length; i++) {
                    sets[i] = new String[] {"SET", "flood", FLOOD_VALUE};
                }
                client.sendAll(sets);
            }
        }

        void check() {
            assertEquals(1L, plain.read());
            assertEquals("OK", plain.read());
            assertEquals(1L, plain.read());
            assertTrue(plain.read() instanceof List<?>);
            assertEquals(1L, plain.read());
            assertEquals("OK", watching.read());
            assertEquals("QUEUED", watching.read());
            assertEquals(List.of(1L), watching.read());
            assertEquals(List.of("list", "x"), blocked.read());
            assertEquals(List.of("message", "news", "x"), ((Push) subscriber.read()).elements());
            assertEquals("OK", large.read());
            for (RawClient client : flooding) {
                for (int i = 0; i < FLOOD_COMMANDS; i++) {
                    assertNotInDoubt(client.read());
                }
            }
            assertEquals("1", plain.call("GET", "n"));
            assertNull(plain.call("LPOP", "list"));
        }

        /** What had not left for Redis when it stopped may have waited for too long. */
        private static void assertNotInDoubt(Object reply) {
            assertTrue(
                    reply.equals("OK")
                            || (reply instanceof RedisError error
                                    && error.code().equals("UNAVAILABLE")),
                    () -> "" + reply);
        }

        private static String[] words(String command) {
            return command.split(" ");
        }

        @Override
        public void close() {
            all.forEach(RawClient::close);
        }
    }
}
