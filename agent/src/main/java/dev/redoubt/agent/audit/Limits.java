package dev.redoubt.agent.audit;

/** What the audit may use of the application's memory. */
final class Limits {
    /** Some 150 bytes each in the heap: 10 MB at most. */
    static final int MAX_FOLLOWED = 65_536;

    /** Some 2 KB each. */
    static final int MAX_SITES = 1_000;

    static final int MAX_ENDPOINTS = 100;

    /** What is cleaned up in one go on a thread of the application. */
    static final int COLLECTED_AT_ONCE = 16;

    private Limits() {}
}
