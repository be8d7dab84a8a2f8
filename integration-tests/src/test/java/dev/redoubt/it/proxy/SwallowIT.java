package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.CutRelay;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A way that swallows everything, where the kernel tells nothing of acknowledgements: only upstream.lost-after can end the connection, as the stall limit is an hour. */
@Timeout(30)
class SwallowIT {
    private static final String INCR = "*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n";
    private static final String ON_THEIR_WAY = INCR + "*1\r\n$5\r\nMULTI\r\n" + INCR + "*1\r\n$4\r\nEXEC\r\n";

    @Test
    void aWayThatSwallowsEverythingIsLost() {
        try (RedisServer redis = RedisServer.started();
                CutRelay relay = CutRelay.before(redis);
                ProxyProcess proxy = ProxyProcess.setup()
                        .options("--transport", "nio", "--upstream", relay.uri())
                        .options("--upstream-lost-after", "600ms", "--upstream-ping-interval", "100ms")
                        .options("--upstream-stall-limit", "1h")
                        .start();
                RawClient client = proxy.connect();
                RawClient watching = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("up");
            assertEquals("OK", client.call("SET", "n", "1"));
            assertEquals("OK", watching.call("WATCH", "n"));

            relay.holdBack();
            client.send("INCR", "n");
            watching.sendAll(new String[] {"MULTI"}, new String[] {"INCR", "n"}, new String[] {"EXEC"});
            Eventually.until("both are under way", () -> relay.heldBytes() >= ON_THEIR_WAY.length());
            relay.swallow();

            assertError("INDOUBT", client.read());
            assertEquals("OK", watching.read());
            assertEquals("QUEUED", watching.read());
            assertError("INDOUBT", watching.read());
            assertTrue(pages.metric("upstream_lost_total") >= 1);
            assertEquals(0, pages.metric("upstream_stalled_total"));
        }
    }
}
