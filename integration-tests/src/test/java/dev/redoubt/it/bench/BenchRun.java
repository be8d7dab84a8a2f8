package dev.redoubt.it.bench;

import dev.redoubt.it.bench.BenchOptions.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parts of a run. Each has its own processes on one Redis, and ends them before the next begins. Confined to the
 * bench's thread.
 */
final class BenchRun {
    private final BenchOptions options;
    private final Path directory;
    private final Tools tools;
    private final PrintStream progress;
    private final Endpoint redis;

    /** What a part found; {@code isComplete} if it is worth keeping. */
    record Report(String markdown, boolean isComplete) {}

    /** @param children for the Redis that all parts use */
    BenchRun(BenchOptions options, Children children, Tools tools, PrintStream progress) throws IOException {
        this.options = options;
        this.directory = children.directory();
        this.tools = tools;
        this.progress = progress;
        this.redis = options.redis().isPresent() ? options.redis().get() : new Rig(children, tools).redis();
    }

    /** @param part LOAD, SESSIONS or PUBSUB */
    Report load(Part part) throws IOException, InterruptedException {
        try (Children children = new Children(directory)) {
            Rig rig = new Rig(children, tools);
            List<Endpoint> endpoints = endpoints(rig, part);
            rig.notes().forEach(progress::println);
            LoadGenerator generator = new LoadGenerator(children, tools);
            SessionLoad own = new SessionLoad();
            generator.fill(redis.port());
            try (Meter meter = new Meter(LoadSource.of(generator, own), redis, endpoints)) {
                LoadRun run = new LoadRun(options, options.cases(part), meter, endpoints, progress);
                Results results = run.run();
                List<String> notes = new ArrayList<>(rig.notes());
                if (part != Part.LOAD) {
                    notes.add(
                            "the load itself, in the bench's JVM, used %.2f µs of CPU a command".formatted(own.cost()));
                }
                return report(run, results, part, endpoints, notes);
            }
        }
    }

    Report footprint() throws IOException, InterruptedException {
        try (Children children = new Children(directory)) {
            Rig rig = new Rig(children, tools);
            FootprintRun run = new FootprintRun(children, redis, progress);
            List<String> notes = new ArrayList<>();
            List<Footprint> footprints = new ArrayList<>();
            for (Variant variant : options.variants()) {
                if (rig.isBuilt(variant)) {
                    footprint(run, variant, notes).ifPresent(footprints::add);
                }
            }
            notes.addAll(rig.notes());
            notes.addAll(differences());
            String table = footprints.isEmpty() ? "No footprint was measured." : FootprintReport.markdown(footprints);
            return new Report(
                    table + "\n\n" + Markdown.bullets(notes),
                    footprints.size() == options.variants().size());
        }
    }

    /** @return the files with the profiles */
    List<Path> profile() throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        for (Variant variant : options.variants()) {
            try (Children children = new Children(directory)) {
                Rig rig = new Rig(children, tools);
                Optional<Endpoint> endpoint = rig.redoubt(variant, redis.port());
                rig.notes().forEach(progress::println);
                Profiler profiler = new Profiler(children, tools);
                for (BenchCase benchCase : endpoint.isPresent() ? options.cases(Part.LOAD) : List.<BenchCase>of()) {
                    files.add(profiler.profile(variant, endpoint.orElseThrow(), benchCase));
                }
            }
        }
        return files;
    }

    // One variant that fails must not cost the others their figures.
    private static Optional<Footprint> footprint(FootprintRun run, Variant variant, List<String> notes)
            throws InterruptedException {
        try {
            return Optional.of(run.measure(variant));
        } catch (IOException failure) {
            notes.add(variant.name() + ": no footprint: " + failure.getMessage());
            return Optional.empty();
        }
    }

    private List<Endpoint> endpoints(Rig rig, Part part) throws IOException {
        List<Endpoint> endpoints = new ArrayList<>();
        if (!options.skips(Goals.DIRECT)) {
            endpoints.add(new Endpoint(Goals.DIRECT, redis.port(), OptionalLong.empty()));
        }
        if (!options.skips(Goals.HAPROXY)) {
            rig.haproxy(redis.port()).ifPresent(endpoints::add);
        }
        if (!options.skips(Goals.TWEMPROXY) && part == Part.LOAD) { // it has no transactions and nothing that blocks
            rig.twemproxy(redis.port()).ifPresent(endpoints::add);
        }
        for (Variant variant : options.variants()) {
            rig.redoubt(variant, redis.port()).ifPresent(endpoints::add);
        }
        endpoints.addAll(options.running());
        return endpoints;
    }

    private Report report(LoadRun run, Results results, Part part, List<Endpoint> endpoints, List<String> rigNotes) {
        List<String> notes = new ArrayList<>(rigNotes);
        notes.addAll(differences());
        endpoints.forEach(endpoint -> resident(endpoint).ifPresent(notes::add));
        List<String> judged = endpoints.stream()
                .map(Endpoint::name)
                .filter(name -> !Goals.PEERS.contains(name))
                .toList();
        LoadReport report = new LoadReport(results, options.cases(part), endpoints, LoadReport.besidePeers());
        boolean complete = run.countedRounds() >= BenchOptions.ROUNDS_WORTH_WRITING
                && results.failures().isEmpty()
                && !judged.isEmpty();
        return new Report(
                report.markdown(run.countedRounds(), part == Part.LOAD ? judged : List.of()) + "\n\n"
                        + Markdown.bullets(notes),
                complete);
    }

    private List<String> differences() {
        return options.variants().stream()
                .filter(variant -> !variant.difference().isEmpty())
                .map(variant -> variant.name() + ": started with `" + variant.difference() + "`")
                .toList();
    }

    static Optional<String> resident(Endpoint endpoint) {
        if (endpoint.pid().isEmpty()) {
            return Optional.empty();
        }
        try {
            long bytes = Proc.residentBytes(endpoint.pid().getAsLong());
            return Optional.of("%s: %d MiB resident after the load".formatted(endpoint.name(), bytes >> 20));
        } catch (IOException gone) {
            return Optional.of(endpoint.name() + ": ended during the load");
        }
    }
}
