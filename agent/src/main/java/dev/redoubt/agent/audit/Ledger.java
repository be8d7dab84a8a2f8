package dev.redoubt.agent.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The rows of all call sites. There is room for so many; the rest shares one. Thread-safe. */
final class Ledger {
    private static final Site OTHERS = new Site("other lines of the application, together", "other");

    private final int max;
    private final ConcurrentHashMap<Site, Row> rows = new ConcurrentHashMap<>();
    private final Row others = new Row(OTHERS);
    private volatile boolean isFull;
    private @Nullable Row onlyPool;
    private boolean hasManyPools;

    Ledger(int max) {
        this.max = max;
    }

    Row of(Site site) {
        Row known = rows.get(site);
        if (known != null) {
            return known;
        }
        if (rows.size() >= max) {
            isFull = true;
            return others;
        }
        Row fresh = new Row(site);
        Row raced = rows.putIfAbsent(site, fresh);
        return raced == null ? fresh : raced;
    }

    /** That line makes pools. */
    synchronized void makesPools(Row row) {
        if (row.makesPools()) {
            hasManyPools |= onlyPool != null;
            onlyPool = row;
        }
    }

    /** The row of the application's only line that makes pools; null if there are several, or none. */
    @Nullable
    synchronized Row onlyPool() {
        return hasManyPools ? null : onlyPool;
    }

    List<SiteReport> report() {
        List<SiteReport> all = new ArrayList<>();
        for (Row row : rows.values()) {
            all.add(row.report());
        }
        if (isFull) {
            all.add(others.report());
        }
        return all;
    }
}
