package dev.redoubt.proxy.fallback;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bounded store of what was seen upstream, per database and key. It may forget, and it never guesses: what was learned
 * before a floor is as good as forgotten. Floors make "nothing before this moment counts any more" one assignment.
 *
 * <p>Thread-safe for one writer, the flight reader, which sees the recording in order, and any reader. That nobody else
 * writes is what keeps an older value from coming back after a newer one. Floors are also raised by the lane, which can only
 * make more be forgotten.
 */
final class KnownValues {
    /**
     * Measured by FallbackCost in the tests: 200,000 entries with 16-byte keys and 48-byte values take 173 bytes each (64-bit
     * JVM, compressed references), 109 of them neither key nor value; rounded up for tables that have just grown.
     */
    static final int OVERHEAD_BYTES = 128;

    /**
     * How often a use is told to the cache. Each one moves the entry within lists of old objects, whose references G1 then visits once more: told of every confirmation, that cost as much as the reader
     * itself, beyond its budget.
     */
    private static final long USE_MILLIS = 10_000;

    private final Cache<StoreKey, KnownValue> cache;

    /** Written by the lane: the recording lost writes before this. */
    private volatile long lostFloor;
    /** Written by the reader: something before this changed everything. */
    private volatile long flushedFloor;
    /** The same per database; grows by replacement. */
    private volatile long[] databaseFloors = new long[16];

    KnownValues(long maxBytes) {
        // Maintenance runs on the thread that writes, so that the reader's CPU budget covers it.
        this.cache = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(maxBytes)
                .weigher(KnownValues::weigh)
                .build();
    }

    private static int weigh(StoreKey key, KnownValue known) {
        byte[] value = known.value();
        Compound compound = known.compound();
        int content = value == null ? 0 : value.length;
        return OVERHEAD_BYTES + key.bytes().length + content + (compound == null ? 0 : (int) compound.costBytes());
    }

    @Nullable
    KnownValue find(StoreKey key) {
        KnownValue known = cache.getIfPresent(key);
        return known != null && known.position() >= floorOf(key.db()) ? known : null;
    }

    /** The same without counting as a use of the entry: for the reader, which looks at every key that goes by, and for the lane, since nothing is evicted in an outage and all is forgotten after it. */
    @Nullable
    KnownValue peek(StoreKey key) {
        KnownValue known = cache.policy().getIfPresentQuietly(key);
        return known != null && known.position() >= floorOf(key.db()) ? known : null;
    }

    void put(StoreKey key, KnownValue known) {
        cache.put(key, known);
    }

    /** By the reader: the value was seen once more. */
    void confirm(StoreKey key, KnownValue known, long expiryMillis, long position, long nowMillis) {
        if (nowMillis - known.seenAtMillis() >= USE_MILLIS) {
            var unused = cache.getIfPresent(key); // its side effect is wanted
        }
        known.refineExpiry(expiryMillis);
        known.confirm(position, nowMillis);
    }

    void forget(StoreKey key) {
        cache.invalidate(key);
    }

    /** By the lane. */
    void forgetBefore(long position) {
        lostFloor = Math.max(lostFloor, position);
    }

    /** By the reader. */
    void flushBefore(long position) {
        flushedFloor = Math.max(flushedFloor, position);
    }

    /** By the reader. */
    void flushDatabaseBefore(int db, long position) {
        if (db < 0 || db >= 1 << 16) {
            flushBefore(position);
            return;
        }
        long[] floors = Arrays.copyOf(databaseFloors, Math.max(databaseFloors.length, db + 1));
        floors[db] = Math.max(floors[db], position);
        databaseFloors = floors;
    }

    private long floorOf(int db) {
        long floor = Math.max(lostFloor, flushedFloor);
        long[] floors = databaseFloors;
        return db < floors.length ? Math.max(floor, floors[db]) : floor;
    }

    long entries() {
        return cache.estimatedSize();
    }

    long bytes() {
        return cache.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }
}
