package dev.redoubt.agent.audit;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of one line of the application. Thread-safe, and no client takes a lock here: numbers that are read while others count may be one apart. */
final class Row {
    private static final int MAX_KINDS = 3;

    private final Site site;
    private final LongAdder constructed = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder collected = new LongAdder();
    private final LongAdder unfollowed = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final LongAdder lifeNanos = new LongAdder();
    private final Level sockets = new Level();
    private final Names kinds = new Names(MAX_KINDS);
    private final Names endpoints = new Names(MAX_KINDS);
    private volatile boolean isOfPool;

    Row(Site site) {
        this.site = site;
    }

    Site site() {
        return site;
    }

    /** @param isFollowed whether it will be known what becomes of it */
    void constructed(String kind, boolean isFollowed) {
        kinds.add(kind);
        constructed.increment();
        if (!isFollowed) {
            unfollowed.increment();
        }
    }

    /** Something that makes sockets for a client of this kind, which has not been seen itself. */
    void serves(String kind) {
        if (kinds.isEmpty()) {
            kinds.add(kind);
        }
    }

    /** The line makes pools, whose members are theirs to close. Whether that is news. */
    synchronized boolean makesPools() {
        boolean isNews = !isOfPool;
        isOfPool = true;
        return isNews;
    }

    void closed(long livedNanos) {
        lifeNanos.add(livedNanos);
        closed.increment();
    }

    void collected(long livedNanos) {
        lifeNanos.add(livedNanos);
        collected.increment();
    }

    void opened(String endpoint) {
        endpoints.add(endpoint);
        opened.increment();
    }

    Level sockets() {
        return sockets;
    }

    SiteReport report() {
        long ended = closed.sum() + collected.sum();
        Counts counts = new Counts(
                constructed.sum(),
                closed.sum(),
                collected.sum(),
                Math.max(0, constructed.sum() - unfollowed.sum() - ended),
                opened.sum(),
                Math.max(0, sockets.now()),
                sockets.peak());
        double meanLifeMillis = ended == 0 ? Double.NaN : lifeNanos.sum() / 1e6 / ended;
        return new SiteReport(site, kinds.toString(), endpoints.toString(), counts, meanLifeMillis, isOfPool);
    }
}
