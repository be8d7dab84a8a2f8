package dev.redoubt.it.bench;

import dev.redoubt.it.bench.BenchOptions.Part;
import dev.redoubt.it.bench.Verdict.Bound;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What memory costs while Redis is there, and what it does when it is not: Redoubt with and without known values side by side, then Redoubt alone after its Redis was killed, beside a Redis that lives. Confined to the
 * bench's thread.
 */
final class FallbackRun {
    private static final String LANE = "redoubt-lane";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int KNOWN_BYTES = 64 << 20;
    private static final int VALUE_BYTES = 1_000;
    private static final int OUTAGES = 7;
    /** Redis is away for so long before memory answers, by default: {@code fallback.enter-after}, and a hundredth for the wake-up of both processes. */
    private static final double ENTER_AFTER_MILLIS = 1_000 * 1.01;

    private static final String WITHOUT = "-without";
    private static final String LANE_WITH = "lane µs with";
    private static final String LANE_WITHOUT = "lane µs without";
    private static final String ALL_WITH = "all µs with";
    private static final String ALL_WITHOUT = "all µs without";
    private static final String DIRECT_RATE = "Redis commands/s";
    private static final String MEMORY_RATE = "memory commands/s";

    private final BenchOptions options;
    private final Path directory;
    private final Tools tools;
    private final PrintStream progress;
    private final List<Verdict> verdicts = new ArrayList<>();

    FallbackRun(BenchOptions options, Path directory, Tools tools, PrintStream progress) {
        this.options = options;
        this.directory = directory;
        this.tools = tools;
        this.progress = progress;
    }

    BenchRun.Report run() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        List<String> notes = new ArrayList<>();
        boolean complete = true;
        for (Variant variant : options.variants()) {
            try (Children children = new Children(directory)) {
                Rig rig = new Rig(children, tools);
                complete &= rig.isBuilt(variant) && measure(variant, children, rig, text);
                notes.addAll(rig.notes());
            }
        }
        return new BenchRun.Report(
                text + "### Goals\n\n" + Markdown.verdicts(verdicts) + "\n\n" + Markdown.bullets(notes),
                complete && options.rounds() >= BenchOptions.ROUNDS_WORTH_WRITING);
    }

    private boolean measure(Variant variant, Children children, Rig rig, StringBuilder text)
            throws IOException, InterruptedException {
        LoadGenerator generator = new LoadGenerator(children, tools);
        Endpoint redis = rig.redis();
        Endpoint with = started(rig, variant, redis);
        Endpoint without =
                started(rig, variant.extended(WITHOUT, List.of(), List.of("--fallback-enabled", "false")), redis);
        generator.fill(with.port());
        Map<BenchCase, Rounds> costs = rounds(benchCase -> {
            Rounds.Round one = new Rounds.Round();
            cost(generator, benchCase, with, one, LANE_WITH, ALL_WITH);
            cost(generator, benchCase, without, one, LANE_WITHOUT, ALL_WITHOUT);
            return one;
        });
        costs.forEach((benchCase, seen) -> judgeCost(variant, benchCase, seen));
        text.append("### ").append(variant.name()).append(": what known values cost while Redis is there\n\n");
        text.append(table(costs, List.of(LANE_WITH, LANE_WITHOUT, ALL_WITH, ALL_WITHOUT), LANE_WITH, LANE_WITHOUT))
                .append("\n\n");
        text.append(inAnOutage(variant, children, rig, generator, redis));
        return true;
    }

    private void judgeCost(Variant variant, BenchCase benchCase, Rounds seen) {
        double limit = benchCase.isPipelined() ? 1.10 : 1.05;
        verdicts.add(new Verdict(
                variant.name() + ": lane's CPU with known values / without",
                benchCase.name(),
                Bound.AT_MOST,
                limit,
                seen.median(LANE_WITH) / seen.median(LANE_WITHOUT),
                OptionalDouble.of(seen.paired(LANE_WITH, LANE_WITHOUT))));
    }

    private static void cost(
            LoadGenerator generator, BenchCase benchCase, Endpoint endpoint, Rounds.Round one, String lane, String all)
            throws IOException, InterruptedException {
        long pid = endpoint.pid().orElseThrow();
        CpuReading before = Proc.cpu(pid);
        generator.run(benchCase, endpoint.port());
        CpuReading after = Proc.cpu(pid);
        long ofLane = after.nanosByThreadSince(before).entrySet().stream()
                .filter(thread -> thread.getKey().startsWith(LANE))
                .mapToLong(Map.Entry::getValue)
                .sum();
        one.put(lane, ofLane / 1e3 / benchCase.commands());
        one.put(all, after.nanosSince(before) / 1e3 / benchCase.commands());
    }

    /** On a Redis of its own, which is killed. */
    private String inAnOutage(Variant variant, Children children, Rig rig, LoadGenerator generator, Endpoint direct)
            throws IOException, InterruptedException {
        Endpoint mortal = rig.redis();
        Endpoint memory = started(rig, variant.extended("-outage", List.of(), List.of()), mortal);
        generator.fill(memory.port());
        kill(mortal);
        awaitMemory(memory.port());
        Map<BenchCase, Rounds> rates = rounds(benchCase -> {
            Rounds.Round one = new Rounds.Round();
            one.put(DIRECT_RATE, generator.run(benchCase, direct.port()).commandsPerSecond());
            one.put(MEMORY_RATE, generator.run(benchCase, memory.port()).commandsPerSecond());
            return one;
        });
        rates.forEach((benchCase, seen) -> verdicts.add(new Verdict(
                variant.name() + ": rate from memory / Redis",
                benchCase.name(),
                Bound.AT_LEAST,
                benchCase.isPipelined() ? 0.5 : 0.9,
                seen.median(MEMORY_RATE) / seen.median(DIRECT_RATE),
                OptionalDouble.of(seen.paired(MEMORY_RATE, DIRECT_RATE)))));
        List<Double> waits = waits(variant, children);
        double median =
                Stats.median(waits.stream().mapToDouble(Double::doubleValue).toArray());
        verdicts.add(new Verdict(
                variant.name() + ": ms from the end of Redis's connections to a value from memory, 64 MB known",
                OUTAGES + " outages",
                Bound.AT_MOST,
                ENTER_AFTER_MILLIS,
                median,
                OptionalDouble.empty()));
        return "### " + variant.name() + ": answers from memory after Redis was killed\n\n"
                + table(rates, List.of(MEMORY_RATE, DIRECT_RATE), MEMORY_RATE, DIRECT_RATE)
                + "\n\nFrom the end of Redis's connections to the first value from memory, with 64 MB of known values: "
                + String.format(
                        Locale.ROOT, "%,.1f ms (median of %d; at worst %,.1f)", median, OUTAGES, Collections.max(waits))
                + "; `fallback.enter-after` is 1,000 ms.\n\n";
    }

    private List<Double> waits(Variant variant, Children children) throws IOException, InterruptedException {
        List<Double> waits = new ArrayList<>();
        for (int outage = 0; outage < OUTAGES; outage++) {
            try (Children own = new Children(children.directory())) {
                Rig rig = new Rig(own, tools);
                Endpoint mortal = rig.redis();
                Endpoint proxy = started(rig, variant.extended("-wait", List.of(), List.of()), mortal);
                waits.add(wait(mortal, proxy));
                progress.printf("outage %d: %.1f ms%n", outage + 1, waits.get(outage));
            }
        }
        return waits;
    }

    private static double wait(Endpoint mortal, Endpoint proxy) throws IOException {
        String value = "x".repeat(VALUE_BYTES);
        int keys = KNOWN_BYTES / VALUE_BYTES;
        try (RedisWire wire = new RedisWire(proxy.port());
                RedisWire witness = new RedisWire(mortal.port())) {
            for (int key = 0; key < keys; key++) {
                wire.ask("SET", "known:" + key, value);
            }
            kill(mortal);
            witness.awaitEnd(); // the kernel takes its time to end a process with much memory
            long begin = System.nanoTime();
            String answer = wire.ask("GET", "known:" + (keys - 1));
            if (!answer.equals(value)) {
                throw new IOException("not what is known: " + answer);
            }
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    /** Ends a Redis of this run as a crash would. */
    private static void kill(Endpoint redis) {
        ProcessHandle.of(redis.pid().orElseThrow()).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** With another key each time: one whose SET was on its way when Redis died is in doubt, and waits for Redis. */
    private static void awaitMemory(int port) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        int attempt = 0;
        while (RedisWire.askOnce(port, "SET", "bench:memory:" + attempt, "1")
                .filter("+OK"::equals)
                .isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("memory does not answer");
            }
            attempt++;
            Rig.pause();
        }
    }

    private static Endpoint started(Rig rig, Variant variant, Endpoint redis) throws IOException {
        return rig.redoubt(variant, redis.port())
                .orElseThrow(() -> new IOException(variant.name() + " did not start: " + rig.notes()));
    }

    @FunctionalInterface
    private interface Turn {
        Rounds.Round take(BenchCase benchCase) throws IOException, InterruptedException;
    }

    private Map<BenchCase, Rounds> rounds(Turn turn) throws IOException, InterruptedException {
        Map<BenchCase, Rounds> all = new LinkedHashMap<>();
        List<BenchCase> cases = options.cases(Part.FALLBACK);
        for (int round = 0; round < options.warmupRounds() + options.rounds(); round++) {
            for (BenchCase benchCase : cases) {
                Rounds.Round one = turn.take(benchCase);
                if (round >= options.warmupRounds()) {
                    all.computeIfAbsent(benchCase, any -> new Rounds()).add(one);
                }
            }
            progress.printf("round %d of %d%n", round + 1, options.warmupRounds() + options.rounds());
        }
        return all;
    }

    private static String table(
            Map<BenchCase, Rounds> all, List<String> figures, String numerator, String denominator) {
        List<String> titles = new ArrayList<>(List.of("case"));
        titles.addAll(figures);
        titles.add("ratio of medians");
        List<List<String>> rows = new ArrayList<>();
        all.forEach((benchCase, seen) -> {
            List<String> row = new ArrayList<>(List.of("`" + benchCase.name() + "`"));
            figures.forEach(figure -> row.add(seen.cell(figure)));
            row.add(Markdown.ratio(seen.median(numerator) / seen.median(denominator)));
            rows.add(row);
        });
        return Markdown.table(titles, rows);
    }
}
