package dev.redoubt.proxy.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts sources together for a test and loads them. */
final class ConfigurationSources {
    final FakeMachine machine = new FakeMachine();
    private final Map<String, String> environment = new HashMap<>();
    private final CommandLineValues commandLine = new CommandLineValues();

    ConfigurationSources environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A file in a directory, named by REDOUBT_CONFIG. */
    ConfigurationSources file(Path directory, String text) {
        try {
            Path file = Files.writeString(directory.resolve("redoubt.yaml"), text);
            return environment("REDOUBT_CONFIG", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConfigurationSources option(Setting setting, String... values) {
        commandLine.add(setting, setting.option(), List.of(values));
        return this;
    }

    ConfigurationSources unknownOption(String option) {
        commandLine.addUnknown(option);
        return this;
    }

    Loaded load() {
        return new SettingsLoader(environment, machine).load(commandLine);
    }

    Settings settings() {
        return load().orThrow();
    }

    /** The lines that a user would see. */
    List<String> problems() {
        return load() instanceof Loaded.Wrong wrong
                ? wrong.problems().stream().map(Problem::toString).toList()
                : List.of();
    }
}
