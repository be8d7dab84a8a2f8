package dev.redoubt.proxy.fallback;

/** What a key holds that is no string. Whoever made it may change it until it is given away; known values are copied before they are changed. */
sealed interface Compound permits HashValue, ListValue {
    /** As TYPE names it. */
    String typeName();

    /** Without anything in it, which Redis keeps no key for. */
    boolean isEmpty();

    /** What it keeps alive. */
    long costBytes();

    Compound copy();
}
