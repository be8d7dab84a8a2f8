package dev.redoubt.agent.audit;

/** One call site at one moment. Immutable. */
final class SiteReport {
    final Site site;
    final String kinds;
    final String endpoints;
    final Counts counts;
    final double meanLifeMillis;
    final boolean isOfPool;

    /**
     * @param kinds which classes the line makes, as {@code Jedis}
     * @param endpoints where they connect; empty while none has
     * @param meanLifeMillis from construction to the end; NaN while none has ended
     * @param isOfPool whether the line makes pools
     */
    SiteReport(Site site, String kinds, String endpoints, Counts counts, double meanLifeMillis, boolean isOfPool) {
        this.site = site;
        this.kinds = kinds;
        this.endpoints = endpoints;
        this.counts = counts;
        this.meanLifeMillis = meanLifeMillis;
        this.isOfPool = isOfPool;
    }
}
