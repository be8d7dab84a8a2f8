package dev.redoubt.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Watches one Redoubt under a case's load: which threads use the CPU, and which code. */
final class Profiler {
    private static final Duration LOAD = Duration.ofSeconds(10);
    private static final Duration JCMD_LIMIT = Duration.ofSeconds(30);
    private static final double MILLION = 1_000_000;

    private final Children children;
    private final LoadGenerator load;
    private final Optional<Perf> perf;

    Profiler(Children children, Tools tools) throws IOException {
        this.children = children;
        this.load = new LoadGenerator(children, tools);
        this.perf = Perf.find(children, tools);
    }

    /**
     * Warms up with one load, then records the case for about ten seconds.
     *
     * @return the text file with the summary; the whole recording is beside it, for other tools
     */
    Path profile(Variant variant, Endpoint endpoint, BenchCase benchCase) throws IOException, InterruptedException {
        long pid = endpoint.pid().orElseThrow();
        String name = "profile-" + variant.name() + "-" + benchCase.name();
        Path recording = file(name, "jfr");
        load.run(benchCase, endpoint.port());
        jcmd(variant, pid, "JFR.start", "name=bench", "settings=profile");
        Optional<Process> sampling =
                perf.isPresent() ? Optional.of(perf.get().start(pid, file(name, "perf"))) : Optional.empty();
        CpuReading before = Proc.cpu(pid);
        int loads = runLoads(benchCase, endpoint);
        CpuReading after = Proc.cpu(pid);
        jcmd(variant, pid, "JFR.stop", "name=bench", "filename=" + recording);
        StringBuilder text = new StringBuilder(benchCase.title() + "\n\n");
        text.append(cpuText(before, after, (long) loads * benchCase.commands()));
        if (sampling.isPresent()) {
            text.append(perf.orElseThrow().text(sampling.get(), pid, file(name, "perf"), jcmd(variant)));
        }
        text.append(stackText(Recording.read(recording)));
        return Files.writeString(file(name, "txt"), text);
    }

    private Path file(String name, String type) {
        return children.directory().resolve(name + "." + type);
    }

    private int runLoads(BenchCase benchCase, Endpoint endpoint) throws IOException, InterruptedException {
        int loads = 0;
        for (long start = System.nanoTime(); System.nanoTime() - start < LOAD.toNanos(); loads++) {
            load.run(benchCase, endpoint.port());
        }
        return loads;
    }

    private void jcmd(Variant variant, long pid, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(jcmd(variant).toString());
        words.add(Long.toString(pid));
        words.addAll(List.of(command));
        children.run("jcmd", words, JCMD_LIMIT);
    }

    private static Path jcmd(Variant variant) {
        return variant.javaHome().resolve("bin/jcmd");
    }

    private static String cpuText(CpuReading before, CpuReading after, long commands) {
        long all = after.nanosSince(before);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "CPU: %.2f µs a command (with the recording's own cost), %.0f%% of it in the kernel%n%nCPU by thread%n",
                all / 1_000.0 / commands,
                100 * after.systemShareSince(before)));
        after.nanosByThreadSince(before).entrySet().stream()
                .filter(entry -> entry.getValue() > MILLION)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> text.append(
                        String.format(Locale.ROOT, "  %5.1f%%  %s%n", 100.0 * entry.getValue() / all, entry.getKey())));
        return text.append('\n').toString();
    }

    private static String stackText(Recording recording) {
        return "RUNNING JAVA\n\n" + StackSummary.text(recording.java())
                + "IN NATIVE METHODS (waiting in them included)\n\n" + StackSummary.text(recording.inNative());
    }
}
