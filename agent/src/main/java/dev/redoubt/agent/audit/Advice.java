package dev.redoubt.agent.audit;

import org.jspecify.annotations.Nullable;

/** What a call site should do instead, if there is something to say. Pure. */
final class Advice {
    /** So many at once are no accident of the moment. */
    private static final int MANY_LIVE = 10;

    private static final int MANY_CLIENTS = 100;
    private static final double SHORT_LIFE_MILLIS = 10_000;

    /** Lettuce's threads keep its clients alive: the garbage collector never finds one. */
    private static final String KEEP_ONE = "keep one for the whole application, and close it at its end";

    private Advice() {}

    /** A sentence; null for none. */
    static @Nullable String on(SiteReport site) {
        String fault = fault(site);
        return fault == null ? null : Printable.of(site.site.name() + " constructed " + fault, 400);
    }

    private static @Nullable String fault(SiteReport site) {
        Counts counts = site.counts;
        boolean isUnclosed = counts.collected > 0 || counts.live >= MANY_LIVE;
        String number = Numbers.grouped(counts.constructed) + " " + site.kinds;
        if (isLarge(site)) {
            return isUnclosed || counts.constructed >= MANY_CLIENTS ? number + ended(counts) + ": " + KEEP_ONE : null;
        }
        if (isUnclosed) {
            return number + ended(counts) + ": use try-with-resources or a pool";
        }
        boolean isShort = site.meanLifeMillis < SHORT_LIFE_MILLIS;
        return counts.constructed >= MANY_CLIENTS && isShort
                ? number + ", each for " + Numbers.seconds(site.meanLifeMillis)
                        + " s on average: a pool would spare the connects"
                : null;
    }

    private static String ended(Counts counts) {
        long unclosed = counts.unclosed();
        return unclosed == 0 ? "" : ", " + Numbers.grouped(unclosed) + " never closed";
    }

    /** Pools, and clients with threads and connections of their own. */
    private static boolean isLarge(SiteReport site) {
        return site.isOfPool || !site.kinds.equals("Jedis") && !site.kinds.equals("BinaryJedis");
    }
}
