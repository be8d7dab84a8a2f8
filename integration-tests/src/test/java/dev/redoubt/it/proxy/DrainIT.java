package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.CutRelay;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A long backlog meets a real Redis: in windows that double, each when the last one is answered, and what is about locks before others' bulk. */
@Timeout(60)
class DrainIT {
    private static final int FIRST_WINDOW = 64 * 1024;
    private static final int WINDOWS = 4;
    private static final String PREFIX = "bulk-";
    private static final String BULK = PREFIX + "x".repeat(20_000);
    private static final int BULK_CLIENTS = 80;
    private static final String RENEWAL = "return redis.call('rpush', KEYS[1], 'renewal')";
    /** Windows go out in whole pieces of the log, of 64 KB at most. */
    private static final int SPILL = 64 * 1024;

    private static final Duration A_MOMENT = Duration.ofMillis(100);

    @Test
    void windowsDoubleAndLocksAreInTheFirst() {
        List<RawClient> bulk = new ArrayList<>();
        try (RedisServer redis = RedisServer.started();
                CutRelay relay = CutRelay.before(redis);
                ProxyProcess proxy = ProxyProcess.setup()
                        .options("--upstream", relay.uri(), "--fallback-enabled", "false")
                        .start();
                RawClient direct = redis.connect();
                RawClient owner = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("up");
            assertEquals("PONG", owner.call("PING"));
            relay.turnAway();
            relay.cut();
            for (int i = 0; i < BULK_CLIENTS; i++) {
                RawClient client = proxy.connect();
                bulk.add(client);
                client.send("RPUSH", "order", BULK);
            }
            pages.awaitMetric("backlog_commands", BULK_CLIENTS);
            owner.send("EVAL", RENEWAL, "1", "order");
            pages.awaitMetric("backlog_commands", BULK_CLIENTS + 1);

            relay.holdReplies();
            relay.letIn();

            long due = 0;
            for (int window = 0; window < WINDOWS; window++) {
                long atLeast = due + ((long) FIRST_WINDOW << window);
                Eventually.until("window " + window, () -> arrivedBytes(direct) >= atLeast);
                long atMost = atLeast + SPILL;
                Eventually.holdsFor("waiting for replies", A_MOMENT, () -> arrivedBytes(direct) <= atMost);
                due = arrivedBytes(direct);
                relay.passHeldReplies();
            }
            relay.passReplies();
            assertEquals(1L, owner.read(), "before all bulk");
            bulk.forEach(client -> assertTrue((Long) client.read() > 1));
            assertEquals(BULK_CLIENTS + 1L, direct.call("LLEN", "order"));
        } finally {
            bulk.forEach(RawClient::close);
        }
    }

    /** What Redis has been sent and has run, but for the renewal. */
    private static long arrivedBytes(RawClient direct) {
        return ((Long) direct.call("LLEN", "order") - 1) * BULK.length();
    }
}
