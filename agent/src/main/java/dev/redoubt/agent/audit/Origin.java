package dev.redoubt.agent.audit;

/** How an object came to be. Immutable. */
final class Origin {
    private final Site site;
    private final String kind;
    private final boolean isPart;
    private final boolean isPooled;

    /**
     * @param site the line that made it
     * @param kind the class of the library that the line asked for, without package
     * @param isPart whether the line asked for something else, of which this is a part
     * @param isPooled whether a pool made it, when it needed one more
     */
    Origin(Site site, String kind, boolean isPart, boolean isPooled) {
        this.site = site;
        this.kind = kind;
        this.isPart = isPart;
        this.isPooled = isPooled;
    }

    Site site() {
        return site;
    }

    String kind() {
        return kind;
    }

    boolean isPart() {
        return isPart;
    }

    boolean isPooled() {
        return isPooled;
    }
}
