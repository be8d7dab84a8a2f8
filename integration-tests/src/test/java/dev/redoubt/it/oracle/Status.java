package dev.redoubt.it.oracle;

/** What became of a test. */
enum Status {
    OK,
    FAILED,
    /** Nothing came any more; its program was killed. */
    HUNG,
    /** Left out, because it hung before. */
    SKIPPED
}
