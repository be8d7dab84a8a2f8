package dev.redoubt.proxy.fallback;

/** What Redis is to be told about a key that is no string. Immutable. */
sealed interface CompoundPlan permits HashPlan, ListPlan {
    /** The key goes first, whatever it holds. */
    boolean clears();

    /** Whether a key that is not there counts as unchanged. */
    boolean acceptsNoKey();

    /** Whether a second run would add once more. */
    boolean adds();
}
