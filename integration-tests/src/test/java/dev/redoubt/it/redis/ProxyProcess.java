package dev.redoubt.it.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The proxy as its users run it: {@code java -jar redoubt.jar} in a process of its own, on free ports, in an environment
 * without settings of Redis or Redoubt. Buffers that leak are found at paranoid level, and make {@link #close} fail.
 * Confined to one thread.
 */
public final class ProxyProcess implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration LONGEST_RUN = Duration.ofSeconds(30);

    private final TemporaryDirectory directory;
    private final ChildProcess process;
    private final int port;
    private final int adminPort;

    private ProxyProcess(TemporaryDirectory directory, ChildProcess process, int port, int adminPort) {
        this.directory = directory;
        this.process = process;
        this.port = port;
        this.adminPort = adminPort;
    }

    /** A proxy before that Redis, with default settings. It accepts connections when this returns. */
    public static ProxyProcess before(RedisServer redis) {
        return setup().upstream(redis).start();
    }

    public static Setup setup() {
        return new Setup();
    }

    public String host() {
        return HOST;
    }

    public int port() {
        return port;
    }

    public int adminPort() {
        return adminPort;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    public RawClient connect() {
        return RawClient.connect(HOST, port);
    }

    /** All that it has printed, standard output and standard error together. */
    public String output() {
        return process.output();
    }

    /** User and system time so far. */
    public Duration cpuTime() {
        return process.cpuTime();
    }

    /** Resident memory; empty where the system has no /proc. */
    public OptionalLong residentBytes() {
        Path status = Path.of("/proc", Long.toString(pid()), "status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, and the end of the process: its exit status. */
    public int stop() {
        return process.terminate();
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** Waits for a process that ends by itself: its exit status. */
    public int awaitEnd() {
        return process.awaitEnd(LONGEST_RUN);
    }

    /** Ends the process in whatever state it is; fails if it has leaked buffers. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.kill();
        }
        String output = output();
        directory.delete();
        if (output.contains("LEAK:")) {
            throw new AssertionError("the proxy leaked buffers:\n" + output);
        }
    }

    /** How a proxy is to be started. Each method adds to what was said before. */
    public static final class Setup {
        private final List<String> jvmOptions = new ArrayList<>(List.of("-Dio.netty.leakDetection.level=paranoid"));
        private final List<String> options = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private Optional<Path> jar = Optional.empty();
        private Path java = ProxyArchive.JAVA;

        private Setup() {}

        /** Another jar than the one that this build has made. */
        public Setup jar(Path other) {
            jar = Optional.of(other);
            return this;
        }

        /** Another JVM than the tests' own. */
        public Setup java(Path other) {
            java = other;
            return this;
        }

        public Setup upstream(RedisServer redis) {
            return options("--upstream", redis.uri());
        }

        public Setup options(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        public Setup jvm(String... more) {
            jvmOptions.addAll(List.of(more));
            return this;
        }

        public Setup environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Returns when the proxy accepts connections on ports of its own; fails with what it printed if it ends instead. */
        public ProxyProcess start() {
            int port = FreePort.next();
            int adminPort = FreePort.next();
            List<String> arguments = new ArrayList<>(List.of("run", "--listen", HOST + ":" + port));
            arguments.addAll(List.of("--admin", HOST + ":" + adminPort));
            arguments.addAll(options);
            ProxyProcess proxy = launch(arguments, port, adminPort);
            try {
                proxy.awaitListener();
                return proxy;
            } catch (IllegalStateException e) {
                proxy.close();
                throw e;
            }
        }

        /** Starts the jar with these arguments and no others, for runs that end by themselves. The ports are unknown: 0. */
        public ProxyProcess launch(String... arguments) {
            return launch(List.of(arguments), 0, 0);
        }

        private ProxyProcess launch(List<String> arguments, int port, int adminPort) {
            List<String> command = new ArrayList<>();
            command.add(java.toString());
            if (jar.isEmpty() && java.equals(ProxyArchive.JAVA)) {
                command.addAll(ProxyArchive.jvmOptions());
            }
            command.addAll(jvmOptions);
            command.addAll(List.of("-jar", jar.orElseGet(ProxyJar::path).toString()));
            command.addAll(arguments);

            ProcessBuilder builder = withoutSettings(command);
            builder.environment().putAll(environment);
            TemporaryDirectory directory = new TemporaryDirectory("redoubt-proxy");
            return new ProxyProcess(directory, ChildProcess.start(builder, directory.resolve("log")), port, adminPort);
        }
    }

    /** The command in this environment, but for what Redoubt would read from it. */
    static ProcessBuilder withoutSettings(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("REDIS_") || name.startsWith("REDOUBT_"));
        return builder;
    }

    private void awaitListener() {
        try {
            Patience.until("a listener on port " + port, () -> !isRunning() || acceptsConnections());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("the proxy does not listen; it printed:\n" + output(), e);
        }
        if (!isRunning()) {
            throw new IllegalStateException("the proxy ended at its start; it printed:\n" + output());
        }
    }

    private boolean acceptsConnections() {
        try {
            connect().close();
            RawClient.connect(HOST, adminPort).close(); // opened after the listener
            return true;
        } catch (RawClient.ConnectionLost notYet) {
            return false;
        }
    }
}
