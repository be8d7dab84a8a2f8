package dev.redoubt.it.agent;

import dev.redoubt.it.agent.Scenarios.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How an application is started: which Java, which agents, which part of it, with which Redis. Immutable: each method makes another one. */
record Launch(Jdk jdk, Scenario scenario, List<String> jvm, boolean refused, int port, int unclosed) {
    /** The first Java whose JVM takes a hosts file. */
    private static final int HOSTS_FILE_SINCE = 9;

    static Launch of(Jdk jdk, Scenario scenario) {
        return new Launch(jdk, scenario, List.of(), false, 0, scenario.version().unclosed());
    }

    /** The application under test names this port. */
    Launch at(int newPort) {
        return new Launch(jdk, scenario, jvm, refused, newPort, unclosed);
    }

    Launch jvm(String... more) {
        List<String> all = new ArrayList<>(jvm);
        all.addAll(List.of(more));
        return new Launch(jdk, scenario, List.copyOf(all), refused, port, unclosed);
    }

    Launch agent(String options) {
        return jvm("-javaagent:" + Place.agent() + "=" + options);
    }

    Launch unclosed(int count) {
        return new Launch(jdk, scenario, jvm, refused, port, count);
    }

    /** Only what an application meets where nobody listens. */
    Launch refused(boolean only) {
        return new Launch(jdk, scenario, jvm, only, port, unclosed);
    }

    Application start(Path directory) {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString(), "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        boolean hosts = jdk.feature() >= HOSTS_FILE_SINCE;
        if (hosts) {
            command.add("-Djdk.net.hosts.file=" + hostsFile(directory));
        }
        command.addAll(jvm);
        command.addAll(List.of("-cp", scenario.classPathText(), "app.Main", refused ? "refused" : "all"));
        command.addAll(List.of(hosts ? scenario.version().host() : "127.0.0.1", port + "", unclosed + ""));
        command.addAll(scenario.steps());
        return Application.start(command, directory);
    }

    private static Path hostsFile(Path directory) {
        try {
            Path file = Files.createDirectories(directory).resolve("hosts");
            return Files.exists(file) ? file : Files.writeString(file, "127.0.0.1 some-host localhost\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
