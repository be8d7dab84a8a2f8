package dev.redoubt.agent.audit;

import com.shaded.redis.clients.jedis.Jedis;
import dev.redoubt.agent.observe.ClientKind;
import dev.redoubt.agent.observe.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An audit whose stack, time and garbage collector the test plays. */
final class Scene {
    static final String DAO = "com.acme.OrderDao.find(OrderDao.java:42)";
    static final String OTHER = "com.acme.Cart.add(Cart.java:9)";
    static final Endpoint REDIS = new Endpoint("redis.example", 6379, false);

    final ScriptedFrames frames = new ScriptedFrames();
    /** So that the real garbage collector finds nothing. */
    private final List<Object> held = new ArrayList<>();

    final StillTicker ticker = new StillTicker();
    final Audit audit;

    Scene() {
        this(100, 100);
    }

    Scene(int maxFollowed, int maxSites) {
        audit = new Audit(frames, ticker, true, maxFollowed, maxSites);
    }

    Object construct(ClientKind kind, String... stack) {
        frames.now(stack);
        Jedis.OBSERVER.set(made -> {});
        Object client = new Jedis();
        held.add(client);
        audit.constructed(kind, client);
        return client;
    }

    /** A Jedis and what makes its sockets. */
    Object[] jedis(String... stack) {
        Object client = construct(ClientKind.JEDIS, stack);
        return new Object[] {client, construct(ClientKind.JEDIS_SOCKETS, stack)};
    }

    void connect(Object owner) {
        audit.connected(ClientKind.JEDIS_SOCKETS, owner, REDIS, REDIS);
    }

    void disconnect(Object owner) {
        audit.disconnected(ClientKind.JEDIS_SOCKETS, owner, REDIS);
    }

    /** As the garbage collector does when nobody holds it any more. */
    void collect(Object... objects) {
        for (Object object : objects) {
            Objects.requireNonNull(audit.herd().find(object)).enqueue();
        }
    }

    SiteReport only() {
        Findings findings = audit.findings();
        if (findings.sites.size() != 1) {
            throw new AssertionError(findings.sites.size() + " call sites");
        }
        return findings.sites.get(0);
    }

    Report report() {
        Self self = new Self("42", "42-a", "legacy.jar", "1.2.3", "1.8.0_402", "observe", 1_700_000_000_000L);
        return new Report(self, audit.findings(), 1_700_000_060_000L, false, true);
    }
}
