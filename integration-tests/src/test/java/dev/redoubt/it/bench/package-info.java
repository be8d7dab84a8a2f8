/**
 * The project's own bench: Redoubt beside Redis itself, HAProxy and twemproxy in one run.
 * {@link dev.redoubt.it.bench.Bench} is its main class; docs/benchmarks.md says how it measures. Needs nothing but the
 * JDK at run time, so that {@code java -cp integration-tests/target/test-classes} starts it.
 */
@NullMarked
package dev.redoubt.it.bench;

import org.jspecify.annotations.NullMarked;
