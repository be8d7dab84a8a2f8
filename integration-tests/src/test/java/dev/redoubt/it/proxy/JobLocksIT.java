package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What this project began with: jobs that are started several times over take a lock, and one of them works. It must be one
 * while Redis is there, while it is not, and when it comes back in the middle.
 */
@Timeout(60)
class JobLocksIT {
    private static final String LOCK = "lock:user:example.org";
    private static final int DUPLICATES = 5;
    private static final String RELEASE = """
            if redis.call("get", KEYS[1]) == ARGV[1] then
                return redis.call("del", KEYS[1])
            else
                return 0
            end
            """;

    private final RedisServer redis = RedisServer.started();
    private final ProxyProcess proxy = ProxyProcess.before(redis);
    private final ProxyPages pages = new ProxyPages(proxy);
    private final List<RawClient> jobs = new ArrayList<>();

    @BeforeEach
    void startJobs() {
        for (int i = 0; i < DUPLICATES; i++) {
            jobs.add(proxy.connect());
        }
        jobs.get(0).call("PING");
    }

    @AfterEach
    void stop() {
        jobs.forEach(RawClient::close);
        proxy.close();
        redis.close();
    }

    /** All of them ask before one is answered; says who got it. */
    private List<Integer> winners() {
        for (int i = 0; i < DUPLICATES; i++) {
            jobs.get(i).send("SET", LOCK, "job-" + i, "EX", "300", "NX");
        }
        List<Integer> winners = new ArrayList<>();
        for (int i = 0; i < DUPLICATES; i++) {
            Object reply = jobs.get(i).read();
            if ("OK".equals(reply)) {
                winners.add(i);
            } else {
                assertNull(reply);
            }
        }
        return winners;
    }

    private int oneWinner() {
        List<Integer> winners = winners();
        assertEquals(1, winners.size(), () -> "got the lock: " + winners);
        return winners.get(0);
    }

    private Object release(int job) {
        return jobs.get(job).call("EVAL", RELEASE, "1", LOCK, "job-" + job);
    }

    @Test
    void oneWinsWhileRedisIsThere() {
        int winner = oneWinner();

        assertEquals(0L, release((winner + 1) % DUPLICATES), "not its lock");
        assertEquals(1L, release(winner));
        oneWinner();
    }

    @Test
    void oneWinsWhileRedisIsDown() {
        redis.kill();

        int winner = oneWinner();
        assertEquals(List.of(), winners());
        assertEquals(0L, release((winner + 1) % DUPLICATES), "not its lock");
        assertEquals(1L, release(winner));
        int next = oneWinner();

        assertEquals(2, pages.metric("locks_granted_total"));
        assertTrue(pages.metric("locks_denied_total") >= 3 * DUPLICATES - 2);
        assertTrue(pages.health().contains("\"fallbackMode\":\"memory\""), pages.health());
        assertEquals(1L, release(next));
    }

    @Test
    void stillOneWhenRedisComesBackInTheMiddle() {
        redis.kill();
        int winner = oneWinner();

        redis.start();
        pages.awaitState("up");

        assertEquals(List.of(), winners(), "the winner of the outage has it");
        try (RawClient direct = redis.connect()) {
            assertEquals("job-" + winner, direct.call("GET", LOCK));
            long left = (long) direct.call("PTTL", LOCK);
            assertTrue(left > 270_000 && left <= 300_000, "time left: " + left);
            assertNull(direct.call("SET", LOCK, "elsewhere", "EX", "300", "NX"));
        }
        assertEquals(1L, release(winner));
        oneWinner();
        assertEquals(0, pages.metric("lock_clashes_total"));
    }

    @Test
    void winnerOfBeforeKeepsItThroughTheOutage() {
        int winner = oneWinner();
        redis.kill();

        assertEquals(List.of(), winners());
        assertEquals(1L, release(winner), "released while Redis is down");
        redis.start();
        pages.awaitState("up");

        try (RawClient direct = redis.connect()) {
            assertNull(direct.call("GET", LOCK), "and at Redis, too");
        }
        oneWinner();
    }

    @Test
    void lockThatSomebodyElseTookAtRedisIsAClashAndStaysTheirs() {
        try (ProxyProcess slow = ProxyProcess.setup()
                .upstream(redis)
                .options("--fallback-leave-after", "3s", "--recovery-conflicts", "names")
                .start()) {
            ProxyPages its = new ProxyPages(slow);
            try (RawClient job = slow.connect()) {
                job.call("PING");
                redis.kill();
                assertEquals("OK", job.call("SET", LOCK, "ours", "EX", "300", "NX"));
                redis.start();
                try (RawClient direct = redis.connect()) {
                    assertEquals("OK", direct.call("SET", LOCK, "theirs", "EX", "300", "NX"));
                    assertEquals("ours", job.call("GET", LOCK), "memory answers until Redis has been back for a while");
                    its.awaitState("up");
                    assertEquals("theirs", direct.call("GET", LOCK));
                    assertEquals("theirs", job.call("GET", LOCK));
                }
                assertEquals(1, its.metric("lock_clashes_total"));
                assertEquals("{\"count\":1,\"locks\":1,\"newest\":[\"0:" + LOCK + "\"]}", its.conflicts());
            }
        }
    }
}
