package dev.redoubt.agent.audit;

import java.util.Collections;
import java.util.List;

/** What the audit knows at one moment. Immutable. */
final class Findings {
    final Counts totals;
    final List<SiteReport> sites;
    final int endpoints;
    final long unfollowed;

    /**
     * @param sites those with the most to say first
     * @param endpoints how many different ones there were, up to a limit
     * @param unfollowed objects of which it is not known whether they were closed, as there were too many
     */
    Findings(Counts totals, List<SiteReport> sites, int endpoints, long unfollowed) {
        this.totals = totals;
        this.sites = Collections.unmodifiableList(sites);
        this.endpoints = endpoints;
        this.unfollowed = unfollowed;
    }
}
