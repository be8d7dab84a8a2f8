package dev.redoubt.proxy.config;

/**
 * Where a value was given. Immutable.
 *
 * @param shown as people know it: {@code --upstream}, {@code REDIS_URL}, {@code redoubt.yaml:3}
 */
record Source(Rank rank, String shown) {
    static final Source DEFAULT = new Source(Rank.DEFAULT, "default");

    /** Precedence: the later one wins. */
    enum Rank {
        DEFAULT,
        /** Names that applications use already, such as REDIS_URL. */
        APPLICATION,
        FILE,
        ENVIRONMENT,
        COMMAND_LINE
    }

    boolean outranks(Source other) {
        return rank.compareTo(other.rank) > 0;
    }
}
