package dev.redoubt.agent.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.agent.observe.ClientKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final String DAO = Scene.DAO;
    private static final String OTHER = Scene.OTHER;
    private static final String MAKE_OBJECT = "redis.clients.jedis.JedisFactory.makeObject(JedisFactory.java:1)";
    private static final String POOL = "redis.clients.jedis.JedisPool.<init>(JedisPool.java:1)";

    private final Scene scene = new Scene();
    private final Audit audit = scene.audit;

    @Test
    void clientsAreCountedByTheirLine() {
        scene.jedis(DAO);
        scene.jedis(DAO);
        scene.jedis(OTHER);

        List<SiteReport> sites = audit.findings().sites;
        assertEquals(2, sites.size());
        assertEquals(DAO, sites.get(0).site.where());
        assertCounts(sites.get(0).counts, 2, 0, 0, 2);
        assertCounts(sites.get(1).counts, 1, 0, 0, 1);
        assertCounts(audit.findings().totals, 3, 0, 0, 3);
    }

    @Test
    void closedOnceHoweverOftenItIsTold() {
        Object jedis = scene.jedis(DAO)[0];
        scene.ticker.move(20, TimeUnit.MILLISECONDS);

        audit.closed(ClientKind.JEDIS, jedis);
        scene.ticker.move(1, TimeUnit.DAYS);
        audit.closed(ClientKind.JEDIS, jedis);
        scene.collect(jedis);

        assertCounts(scene.only().counts, 1, 1, 0, 0);
        assertEquals(20.0, scene.only().meanLifeMillis);
    }

    @Test
    void whatTheGarbageCollectorFindsFirstWasNeverClosed() {
        Object[] jedis = scene.jedis(DAO);
        scene.connect(jedis[1]);
        scene.ticker.move(30, TimeUnit.MILLISECONDS);

        scene.collect(jedis);

        SiteReport site = scene.only();
        assertCounts(site.counts, 1, 0, 1, 0);
        assertEquals(0, site.counts.sockets, "the JDK closes them");
        assertEquals(0, audit.findings().totals.sockets);
        assertEquals(30.0, site.meanLifeMillis);
        assertEquals(0, audit.herd().size());
    }

    @Test
    void closedThenCollectedIsClosed() {
        Object[] jedis = scene.jedis(DAO);
        audit.closed(ClientKind.JEDIS, jedis[0]);

        scene.collect(jedis);

        assertCounts(scene.only().counts, 1, 1, 0, 0);
    }

    @Test
    void closingWhatWasNeverSeenCountsNothing() {
        audit.closed(ClientKind.JEDIS, new Object());
        audit.disconnected(ClientKind.JEDIS_SOCKETS, new Object(), Scene.REDIS);
        audit.disconnected(ClientKind.JEDIS_SOCKETS, null, Scene.REDIS);

        assertCounts(audit.findings().totals, 0, 0, 0, 0);
        assertEquals(0, audit.findings().totals.sockets);
    }

    @Test
    void socketsHaveAPeakForEachLineAndOneForAll() {
        Object one = scene.jedis(DAO)[1];
        Object two = scene.jedis(OTHER)[1];
        scene.connect(one);
        scene.connect(two);
        scene.disconnect(one);
        scene.disconnect(two);
        scene.connect(one);

        Findings findings = audit.findings();
        assertEquals(2, findings.totals.peakSockets);
        assertEquals(1, findings.totals.sockets);
        assertEquals(3, findings.totals.opened);
        assertEquals(1, findings.sites.get(0).counts.peakSockets);
        assertEquals("redis.example:6379", findings.sites.get(0).endpoints);
        assertEquals(1, findings.endpoints);
    }

    @Test
    void aSocketIsClosedOnceHoweverOftenItIsTold() {
        Object sockets = scene.jedis(DAO)[1];
        scene.connect(sockets);
        scene.disconnect(sockets);
        scene.disconnect(sockets);

        assertEquals(0, scene.only().counts.sockets);
        scene.connect(sockets);
        assertEquals(1, scene.only().counts.sockets);
    }

    @Test
    void membersOfAPoolAreItsOwn() {
        scene.construct(ClientKind.JEDIS_SOCKETS, POOL, DAO);
        scene.construct(ClientKind.JEDIS_POOL, DAO);

        scene.construct(ClientKind.JEDIS, MAKE_OBJECT, OTHER);

        assertCounts(scene.only().counts, 1, 0, 0, 1);
        assertEquals(DAO, scene.only().site.where());
        assertTrue(scene.only().isOfPool);
    }

    @Test
    void socketsOfAPoolCountWhereItWasMade() {
        Object sockets = scene.construct(ClientKind.JEDIS_SOCKETS, POOL, DAO);
        scene.construct(ClientKind.JEDIS_POOL, DAO);
        scene.frames.now(OTHER);

        scene.connect(sockets);

        assertEquals(1, scene.only().counts.sockets);
        assertEquals("OrderDao.java:42", audit.nameFor(ClientKind.JEDIS_SOCKETS, sockets));
    }

    @Test
    void anOldPoolsSocketsAreMadeByWhoeverBorrowsAndStillItsOwn() {
        scene.construct(ClientKind.JEDIS_POOL, DAO);

        scene.connect(scene.construct(ClientKind.JEDIS_SOCKETS, MAKE_OBJECT, OTHER));

        assertEquals(DAO, scene.only().site.where());
        assertEquals(1, scene.only().counts.sockets);
    }

    @Test
    void ofTwoOldPoolsNobodyKnowsWhoseSocketsTheyAre() {
        scene.construct(ClientKind.JEDIS_POOL, DAO);
        scene.construct(ClientKind.JEDIS_POOL, "com.acme.Main.main(Main.java:1)");

        scene.connect(scene.construct(ClientKind.JEDIS_SOCKETS, MAKE_OBJECT, OTHER));

        SiteReport borrower = audit.findings().sites.stream()
                .filter(site -> site.site.where().equals(OTHER))
                .findFirst()
                .get();
        assertEquals(1, borrower.counts.sockets);
        assertEquals(0, borrower.counts.constructed);
    }

    @Test
    void partsOfAClientAreNotCountedBesideIt() {
        String pooled = "redis.clients.jedis.JedisPooled.<init>(JedisPooled.java:1)";
        Object sockets = scene.construct(ClientKind.JEDIS_SOCKETS, pooled, DAO);
        scene.construct(ClientKind.JEDIS_POOL, pooled, DAO);
        scene.construct(ClientKind.JEDIS_UNIFIED, DAO);
        scene.connect(sockets);

        assertCounts(scene.only().counts, 1, 0, 0, 1);
        assertEquals(1, scene.only().counts.sockets);
    }

    @Test
    void lettucesConnectionsAreCountedAndNotFollowed() {
        Object client = scene.construct(ClientKind.LETTUCE_CLIENT, DAO);
        audit.connected(ClientKind.LETTUCE_CLIENT, client, Scene.REDIS, Scene.REDIS);

        assertEquals(1, scene.only().counts.opened);
        assertEquals(0, scene.only().counts.sockets);
        assertEquals("OrderDao.java:42", audit.nameFor(ClientKind.LETTUCE_CLIENT, client));
    }

    @Test
    void connectionsWithoutAnOwnerAreOfTheLastOfTheirKind() {
        assertNull(audit.nameFor(ClientKind.REDISSON, null));
        audit.connected(ClientKind.LETTUCE_CLIENT, null, Scene.REDIS, Scene.REDIS);
        scene.construct(ClientKind.LETTUCE_CLIENT, DAO);

        audit.connected(ClientKind.LETTUCE_CLIENT, null, Scene.REDIS, Scene.REDIS);

        assertEquals(1, scene.only().counts.opened);
        assertEquals("OrderDao.java:42", audit.nameFor(ClientKind.LETTUCE_CLIENT, null));
        assertNull(audit.nameFor(ClientKind.JEDIS_SOCKETS, null));
    }

    @Test
    void namesCanBeSwitchedOff() {
        Audit silent = new Audit(scene.frames.now(DAO), scene.ticker, false, 1, 1);
        Object sockets = new Object();
        silent.constructed(ClientKind.JEDIS_SOCKETS, sockets);

        assertNull(silent.nameFor(ClientKind.JEDIS_SOCKETS, sockets));
    }

    @Test
    void whatIsTooMuchToFollowIsStillCounted() {
        Scene small = new Scene(2, 100);
        List<Object> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(small.construct(ClientKind.JEDIS, DAO));
        }
        for (Object client : clients) {
            small.audit.closed(ClientKind.JEDIS, client);
        }

        assertCounts(small.only().counts, 5, 2, 0, 0);
        assertEquals(3, small.audit.findings().unfollowed);
        assertEquals(2, small.audit.herd().size());
    }

    @Test
    void roomIsMadeByTheGarbageCollector() {
        Scene small = new Scene(2, 100);
        small.collect(small.construct(ClientKind.JEDIS, DAO), small.construct(ClientKind.JEDIS, DAO));

        Object third = small.construct(ClientKind.JEDIS, DAO);
        small.audit.closed(ClientKind.JEDIS, third);

        assertCounts(small.only().counts, 3, 1, 2, 0);
        assertEquals(0, small.audit.findings().unfollowed);
    }

    @Test
    void tooManyLinesShareOneRow() {
        Scene small = new Scene(100, 2);
        for (int i = 1; i <= 5; i++) {
            small.construct(ClientKind.JEDIS, "com.acme.Generated.run(Generated.java:" + i + ")");
        }

        List<SiteReport> sites = small.audit.findings().sites;
        assertEquals(3, sites.size());
        assertEquals(
                "other lines of the application, together", sites.get(0).site.where());
        assertCounts(sites.get(0).counts, 3, 0, 0, 3);
        assertCounts(small.audit.findings().totals, 5, 0, 0, 5);
    }

    @Test
    void manyThreadsLoseNothing() throws InterruptedException {
        int threads = 8;
        int each = 2_000;
        Audit shared = new Audit(new ScriptedFrames().now(DAO), scene.ticker, true, 2 * threads * each, 10);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            all.add(new Thread(() -> constructAndClose(shared, start, each)));
            all.get(t).start();
        }
        start.countDown();
        for (Thread thread : all) {
            thread.join();
        }

        Counts counts = shared.findings().sites.get(0).counts;
        assertEquals(threads * each, counts.constructed);
        assertEquals(threads * each, counts.closed + counts.collected);
        assertEquals(0, counts.sockets);
        assertTrue(counts.peakSockets >= 1 && counts.peakSockets <= threads, "" + counts.peakSockets);
    }

    private static void constructAndClose(Audit audit, CountDownLatch start, int times) {
        try {
            start.await();
        } catch (InterruptedException e) {
            return;
        }
        for (int i = 0; i < times; i++) {
            Object client = new Object();
            Object sockets = new Object();
            audit.constructed(ClientKind.JEDIS, client);
            audit.constructed(ClientKind.JEDIS_SOCKETS, sockets);
            audit.connected(ClientKind.JEDIS_SOCKETS, sockets, Scene.REDIS, Scene.REDIS);
            audit.disconnected(ClientKind.JEDIS_SOCKETS, sockets, Scene.REDIS);
            audit.closed(ClientKind.JEDIS, client);
        }
    }

    private static void assertCounts(Counts counts, long constructed, long closed, long collected, long live) {
        assertEquals(
                constructed + " " + closed + " " + collected + " " + live,
                counts.constructed + " " + counts.closed + " " + counts.collected + " " + counts.live);
    }
}
