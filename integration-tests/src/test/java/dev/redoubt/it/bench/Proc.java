package dev.redoubt.it.bench;

import dev.redoubt.it.bench.CpuReading.ThreadTime;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads /proc, so Linux only. Stateless. */
final class Proc {
    private static final Path ROOT = Path.of("/proc");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+\\S+\\s+(\\d+)");
    private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.+)");

    private Proc() {}

    /** @throws IOException if the process is gone */
    static CpuReading cpu(long pid) throws IOException {
        Path process = ROOT.resolve(Long.toString(pid));
        Map<Integer, ThreadTime> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path task : tasks) {
                threadTime(task)
                        .ifPresent(time ->
                                threads.put(Integer.parseInt(task.getFileName().toString()), time));
            }
        } catch (NoSuchFileException ended) {
            throw gone(pid);
        }
        String stat = read(process.resolve("stat")).orElseThrow(() -> gone(pid));
        return new CpuReading(ProcStat.parse(stat), threads);
    }

    /** CPU nanoseconds of every process that can be seen, by process id. */
    static Map<Long, Long> cpuOfAll() throws IOException {
        Map<Long, Long> all = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(ROOT, "[0-9]*")) {
            for (Path process : processes) {
                read(process.resolve("stat"))
                        .ifPresent(line -> all.put(
                                Long.parseLong(process.getFileName().toString()),
                                ProcStat.parse(line).nanos()));
            }
        }
        return all;
    }

    static long residentBytes(long pid) throws IOException {
        String status = Files.readString(ROOT.resolve(Long.toString(pid)).resolve("status"));
        return Long.parseLong(first(RESIDENT, status).orElseThrow(() -> new IOException("no VmRSS"))) << 10;
    }

    /** How many files a process started from here may open; the JVM raises its own soft limit to this. */
    static long openFilesLimit() throws IOException {
        return first(OPEN_FILES, Files.readString(ROOT.resolve("self/limits")))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
    }

    static String cpuModel() {
        return read(ROOT.resolve("cpuinfo")).flatMap(text -> first(MODEL, text)).orElse("unknown CPU");
    }

    private static IOException gone(long pid) {
        return new IOException("process " + pid + " is gone");
    }

    private static Optional<ThreadTime> threadTime(Path task) {
        return read(task.resolve("schedstat"))
                .flatMap(times -> read(task.resolve("comm"))
                        .map(name -> new ThreadTime(name.strip(), Long.parseLong(times.split(" ")[0]))));
    }

    // A thread or process may end between the listing and the reading, and a kernel may be built without schedstat.
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
