package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Held, in-doubt, journaled and remembered commands on the same keys, from several clients, while Redis is killed and stopped:
 * every client reads what was acknowledged before it asked, through the beginning and the end of each outage.
 */
@Timeout(180)
class ReadYourWritesIT {
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());
    private static final int REGISTERS = 4;
    private static final int READERS = 4;
    private static final int OUTAGES = 5;

    @TempDir
    Path journal;

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyReadsLessThanWasAcknowledged(boolean onDisk) throws InterruptedException {
        System.out.println("ReadYourWritesIT: -Dredoubt.seed=" + SEED);
        Random random = new Random(SEED);
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = start(redis, onDisk)) {
            List<Register> registers = new ArrayList<>();
            for (int i = 0; i < REGISTERS; i++) {
                registers.add(new Register("key" + i, i % 2 == 1));
            }
            List<Thread> threads = clients(proxy, registers, random);
            ProxyPages pages = new ProxyPages(proxy);
            for (int outage = 0; outage < OUTAGES && failures.isEmpty(); outage++) {
                Eventually.holdsFor("work", Duration.ofMillis(random.nextInt(600)), proxy::isRunning);
                boolean stops = random.nextInt(3) == 0;
                begin(redis, stops);
                Eventually.holdsFor("an outage", Duration.ofMillis(random.nextInt(2_500)), proxy::isRunning);
                end(redis, stops);
                pages.awaitState("up");
            }
            over = true;
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), List.copyOf(failures));
            assertEquals(0, pages.metric("journal_conflicts_total"), "nobody else wrote");
            assertTrue(pages.metric("fallback_writes_total") > 0, "memory had its part");
            try (RawClient direct = redis.connect()) {
                registers.forEach(register -> register.read(direct, register.acknowledged()));
            }
        }
    }

    private ProxyProcess start(RedisServer redis, boolean onDisk) {
        ProxyProcess.Setup setup = ProxyProcess.setup()
                .upstream(redis)
                .options("--fallback-on-miss", "hold", "--fallback-enter-after", "300ms");
        if (!onDisk) {
            return setup.start();
        }
        return setup.options("--journal-dir", journal.toString()).start();
    }

    private List<Thread> clients(ProxyProcess proxy, List<Register> registers, Random random) {
        List<Thread> threads = new ArrayList<>();
        for (Register register : registers) {
            Random own = new Random(random.nextLong());
            threads.add(client(proxy, client -> {
                register.write(client, own);
                if (own.nextInt(20) == 0) {
                    client.call("INCR", "counter"); // waits in an outage, and all behind it
                }
                register.read(client, 0);
            }));
        }
        for (int i = 0; i < READERS; i++) {
            long[] last = new long[registers.size()];
            Random own = new Random(random.nextLong());
            threads.add(client(proxy, client -> {
                int which = own.nextInt(last.length);
                last[which] = registers.get(which).read(client, last[which]);
            }));
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private interface Work {
        void with(RawClient client);
    }

    private Thread client(ProxyProcess proxy, Work work) {
        return new Thread(() -> {
            try (RawClient client = proxy.connect().timeout(Duration.ofSeconds(40))) {
                while (!over && failures.isEmpty()) {
                    work.with(client);
                    Thread.yield();
                }
            } catch (Throwable e) {
                failures.add(e);
            }
        });
    }

    private static void begin(RedisServer redis, boolean stops) {
        if (stops) {
            redis.pause();
        } else {
            redis.kill();
        }
    }

    private static void end(RedisServer redis, boolean stops) {
        if (stops) {
            redis.resume();
        } else {
            redis.start();
        }
    }
}
