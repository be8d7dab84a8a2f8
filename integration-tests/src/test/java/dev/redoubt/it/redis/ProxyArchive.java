package dev.redoubt.it.redis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the jar under test, prepared once for all starts by one JVM's tests, as {@code ./dev archive} does it: a start takes about half
 * as long with them, and the tests make hundreds.
 */
final class ProxyArchive {
    /** The JVM that it is for: the tests' own. */
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final String SILENT = "-Xlog:cds*=off";

    private static @Nullable List<String> jvmOptions;

    private ProxyArchive() {}

    /** None where no archive could be made. Thread-safe. */
    static synchronized List<String> jvmOptions() {
        if (jvmOptions == null) {
            jvmOptions = options();
        }
        return jvmOptions;
    }

    private static List<String> options() {
        TemporaryDirectory directory = new TemporaryDirectory("redoubt-archive");
        Runtime.getRuntime().addShutdownHook(new Thread(directory::delete));
        Path archive = directory.resolve("redoubt.jsa");
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-XX:ArchiveClassesAtExit=" + archive, SILENT));
        command.addAll(List.of("-jar", ProxyJar.path().toString(), "run", "--upstream-disabled"));
        command.addAll(List.of("--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"));
        ChildProcess process = ChildProcess.start(ProxyProcess.withoutSettings(command), directory.resolve("log"));
        Patience.until(
                "a proxy whose classes are archived",
                () -> !process.isAlive() || process.output().contains("  admin"));
        process.terminate();
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive, SILENT) : List.of();
    }
}
