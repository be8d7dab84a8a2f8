package dev.redoubt.proxy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the limits allow the proxy to use, added up. Every buffer that can grow has its term here, so the sum is a bound.
 * Immutable.
 */
public record MemoryBudget(List<Term> terms) {
    /** A read buffer for each connection of the pool; the largest size that an adaptive receive buffer takes. */
    private static final long LEASE_BUFFER_BYTES = 64L << 10;
    /** Arenas and thread caches of the allocator, beyond what is asked of it. */
    private static final long ALLOCATOR_BYTES = 16L << 20;
    /** Classes, code, stacks and the heap of an idle proxy. */
    private static final long JVM_BYTES = 96L << 20;
    /** The heap of an idle proxy. */
    private static final long IDLE_HEAP_BYTES = 16L << 20;

    /** Where a term's bytes live. */
    public enum Place {
        DIRECT,
        HEAP,
        JVM
    }

    /**
     * @param name for people
     * @param setting the key that changes it; empty if it is fixed
     */
    public record Term(String name, String setting, Place place, long bytes) {}

    public MemoryBudget {
        terms = List.copyOf(terms);
    }

    /** The one place that knows which limit allows what. */
    public static MemoryBudget of(Settings settings) {
        List<Term> terms = new ArrayList<>();
        terms.add(direct("backlog", BacklogSetting.MAX_BYTES, settings.backlog().maxBytes()));
        terms.add(
                direct("clients", ClientSetting.TOTAL_BYTES, settings.clients().totalBytes()));
        terms.add(direct("leases", LeaseSetting.MAX, settings.leases().max() * LEASE_BUFFER_BYTES));
        terms.add(new Term("allocator", "", Place.DIRECT, ALLOCATOR_BYTES));
        if (settings.fallback().enabled()) {
            FallbackSettings fallback = settings.fallback();
            terms.add(direct(
                    "recorder", RecorderSetting.MAX_BYTES, fallback.recorder().maxBytes()));
            terms.add(heap("known values", FallbackSetting.MAX_BYTES, fallback.maxBytes()));
            terms.add(
                    heap("journal", JournalSetting.MAX_BYTES, fallback.journal().maxBytes()));
        }
        terms.add(heap("scripts", ScriptSetting.MAX_BYTES, settings.scripts().maxBytes()));
        terms.add(new Term("idle heap", "", Place.HEAP, IDLE_HEAP_BYTES));
        terms.add(new Term("JVM", "", Place.JVM, JVM_BYTES));
        return new MemoryBudget(terms);
    }

    private static Term direct(String name, Setting setting, long bytes) {
        return new Term(name, setting.key(), Place.DIRECT, bytes);
    }

    private static Term heap(String name, Setting setting, long bytes) {
        return new Term(name, setting.key(), Place.HEAP, bytes);
    }

    /** The most that the limits allow in one place. */
    public long bytes(Place place) {
        return terms.stream()
                .filter(term -> term.place() == place)
                .mapToLong(Term::bytes)
                .sum();
    }

    /** The most that the limits allow in all. */
    public long totalBytes() {
        return terms.stream().mapToLong(Term::bytes).sum();
    }

    /** Where the limits allow more than the JVM or the container grants: each as a problem that says what to change. */
    void check(Machine machine, List<Problem> problems) {
        long direct = bytes(Place.DIRECT);
        if (machine.maxDirectBytes() < direct) {
            String remedy = "start the JVM with -XX:MaxDirectMemorySize=" + megabytes(direct) + "m, or lower "
                    + keys(term -> term.place() == Place.DIRECT);
            problems.add(problem("direct memory", "the JVM", machine.maxDirectBytes(), direct, remedy));
        }
        long heap = bytes(Place.HEAP);
        if (machine.maxHeapBytes() < heap) {
            String remedy = "start the JVM with -Xmx" + megabytes(heap) + "m, or lower "
                    + keys(term -> term.place() == Place.HEAP);
            problems.add(problem("heap", "the JVM", machine.maxHeapBytes(), heap, remedy));
        }
        OptionalLong container = machine.containerLimitBytes();
        if (container.isPresent() && container.getAsLong() < totalBytes()) {
            String remedy = "give the container " + megabytes(totalBytes()) + " MB, or lower " + keys(term -> true);
            problems.add(problem("memory", "the container", container.getAsLong(), totalBytes(), remedy));
        }
    }

    private static Problem problem(String kind, String grantor, long granted, long needed, String remedy) {
        String message = "allow " + megabytes(needed) + " MB of " + kind + ", but " + grantor + " has "
                + granted / (1L << 20) + " MB: " + remedy;
        return new Problem("the limits", null, null, message);
    }

    private String keys(Predicate<Term> condition) {
        return terms.stream()
                .filter(condition)
                .map(Term::setting)
                .filter(key -> !key.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** Rounded up. */
    private static long megabytes(long bytes) {
        return (bytes + (1L << 20) - 1) >> 20;
    }

    /** A line for the banner. */
    @Override
    public String toString() {
        return "at most " + megabytes(totalBytes()) + " MB ("
                + terms.stream()
                        .map(term -> term.name() + " " + megabytes(term.bytes()))
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
