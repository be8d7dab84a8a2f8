package dev.redoubt.agent.audit;

import dev.redoubt.agent.observe.ClientKind;
import dev.redoubt.agent.observe.Endpoint;
import dev.redoubt.agent.observe.Observer;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts, by the application's line, what becomes of the clients that it makes. The stack is walked when something is constructed, and
 * at no other time; a command is never seen here. What cannot be followed any more, as there is too much, is still counted.
 *
 * <p>Only clients that the application asked for are counted as constructed: the Jedis of a pool and the pool of a JedisPooled are parts
 * of those. Sockets count for the line that made the client or the pool, whichever line borrows from it. Thread-safe.
 */
final class Audit implements Observer {
    /** First who closes least, then who makes most. */
    private static final Comparator<SiteReport> MOST_TO_SAY = new Comparator<SiteReport>() {
        @Override
        public int compare(SiteReport one, SiteReport other) {
            int byUnclosed = Long.compare(other.counts.unclosed(), one.counts.unclosed());
            int byConstructed = Long.compare(other.counts.constructed, one.counts.constructed);
            int byText = one.site.where().compareTo(other.site.where());
            return byUnclosed != 0 ? byUnclosed : byConstructed != 0 ? byConstructed : byText;
        }
    };

    private final OriginFinder finder;
    private final Ticker ticker;
    private final boolean givesNames;
    private final Herd herd;
    private final Ledger ledger;
    private final Level sockets = new Level();
    private final Names endpoints = new Names(Limits.MAX_ENDPOINTS);
    private final LongAdder unfollowed = new LongAdder();
    private final ConcurrentHashMap<ClientKind, Row> lastOfKind = new ConcurrentHashMap<>();

    /** @param givesNames whether connections are named after the lines that made them */
    Audit(Frames frames, Ticker ticker, boolean givesNames, int maxFollowed, int maxSites) {
        this.finder = new OriginFinder(frames);
        this.ticker = ticker;
        this.givesNames = givesNames;
        this.herd = new Herd(maxFollowed);
        this.ledger = new Ledger(maxSites);
    }

    @Override
    public void constructed(ClientKind kind, Object client) {
        noticeCollected(Limits.COLLECTED_AT_ONCE);
        Origin origin = finder.find(client);
        if (kind == ClientKind.JEDIS_SOCKETS) {
            Row row = rowOfSockets(origin);
            row.serves(origin.kind());
            follow(client, row, false);
        } else if (isAskedFor(kind, origin)) {
            Row row = ledger.of(origin.site());
            if (kind == ClientKind.JEDIS_POOL) {
                ledger.makesPools(row);
            }
            lastOfKind.put(kind, row);
            row.constructed(origin.kind(), follow(client, row, true));
        }
    }

    /** Redisson makes one more client for each server, whenever it first needs it. */
    private static boolean isAskedFor(ClientKind kind, Origin origin) {
        boolean isPart =
                origin.isPart() || kind == ClientKind.REDISSON && !origin.kind().equals("Redisson");
        return !isPart && !origin.isPooled();
    }

    /** Up to Jedis 3.4 a pool's members bring what makes their sockets with them, when some other line borrows them. */
    private Row rowOfSockets(Origin origin) {
        Row pool = origin.isPooled() ? ledger.onlyPool() : null;
        return pool == null ? ledger.of(origin.site()) : pool;
    }

    private boolean follow(Object client, Row row, boolean isClient) {
        boolean isFollowed = herd.add(client, row, isClient, ticker.nanos()) != null;
        if (!isFollowed) {
            unfollowed.increment();
        }
        return isFollowed;
    }

    @Override
    public void closed(ClientKind kind, Object client) {
        Tracked tracked = herd.find(client);
        if (tracked != null) {
            tracked.onClose(ticker.nanos());
        }
    }

    @Override
    public void connected(ClientKind kind, @Nullable Object owner, Endpoint asked, Endpoint reached) {
        String endpoint = Printable.of(asked.toString(), 100);
        endpoints.add(endpoint);
        Row row = rowFor(kind, owner);
        if (row != null) {
            row.opened(endpoint);
        }
        Tracked tracked = owner == null ? null : herd.find(owner);
        if (kind == ClientKind.JEDIS_SOCKETS && tracked != null) {
            tracked.onConnect();
            sockets.up();
        }
    }

    @Override
    public void disconnected(ClientKind kind, @Nullable Object owner, Endpoint asked) {
        Tracked tracked = owner == null ? null : herd.find(owner);
        if (tracked != null && tracked.onDisconnect()) {
            sockets.down(1);
        }
    }

    @Override
    public @Nullable String nameFor(ClientKind kind, @Nullable Object owner) {
        Row row = givesNames ? rowFor(kind, owner) : null;
        return row == null ? null : row.site().clientName();
    }

    /** Redisson's connections do not say whose they are: the last one's, mostly the only one's. */
    private @Nullable Row rowFor(ClientKind kind, @Nullable Object owner) {
        Tracked tracked = owner == null ? null : herd.find(owner);
        return tracked == null ? lastOfKind.get(kind) : tracked.row();
    }

    /** What is known now. */
    Findings findings() {
        noticeCollected(Integer.MAX_VALUE);
        List<SiteReport> sites = ledger.report();
        sites.sort(MOST_TO_SAY);
        Counts totals = Counts.NONE;
        for (SiteReport site : sites) {
            totals = totals.plus(site.counts, sockets.peak());
        }
        return new Findings(totals, sites, endpoints.size(), unfollowed.sum());
    }

    /** Those that are followed. */
    Herd herd() {
        return herd;
    }

    /** Looks what the garbage collector has found, so many at most; who is about to report wants all. */
    void noticeCollected(int atMost) {
        for (int i = 0; i < atMost; i++) {
            Tracked gone = herd.nextCollected();
            if (gone == null) {
                return;
            }
            sockets.down(gone.onCollect(ticker.nanos()));
        }
    }
}
