package dev.redoubt.proxy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the sources together. Precedence, highest first: command line, {@code REDOUBT_*}, YAML file, the names that applications
 * use already, defaults. All problems are found, not only the first. Blocks on files, and on DNS where a host name has to be
 * compared with our own listeners. Immutable.
 */
public final class SettingsLoader {
    private final Map<String, String> environment;
    private final Machine machine;

    public SettingsLoader(Map<String, String> environment) {
        this(environment, new SystemMachine());
    }

    SettingsLoader(Map<String, String> environment, Machine machine) {
        this.environment = Map.copyOf(environment);
        this.machine = machine;
    }

    /** The sources, under what the command line gave; its own problems come first. */
    public Loaded load(CommandLineValues commandLine) {
        List<Problem> problems = new ArrayList<>(commandLine.problems());
        List<RawValue> given = new ArrayList<>(commandLine.values());
        given.addAll(EnvironmentSource.read(environment, problems));
        highest(given, MainSetting.CONFIG).ifPresent(config -> given.addAll(YamlSource.read(config, problems)));
        if (highest(given, MainSetting.UPSTREAM_URL).isEmpty()) {
            given.addAll(ApplicationNames.read(environment, problems));
        }
        return check(given, problems);
    }

    /** One source only, without the environment. */
    Loaded loadKeys(Map<String, String> valuesByKey) {
        CommandLineValues values = new CommandLineValues();
        valuesByKey.forEach((key, text) -> values.addKey(key, text));
        return check(values.values(), new ArrayList<>(values.problems()));
    }

    private Loaded check(List<RawValue> given, List<Problem> problems) {
        List<RawValue> all = new ArrayList<>(given);
        all.addAll(SecretFiles.read(given, problems));
        Values values = Values.of(all, problems);
        SettingsBuilder builder = new SettingsBuilder(values, machine);
        new ListenChecks(values, machine).check(builder.listen(), builder.tlsListen(), problems);
        RelationChecks.check(values, problems);
        TlsChecks.check(values, problems);
        if (!problems.isEmpty()) {
            return new Loaded.Wrong(problems);
        }
        Derivation.apply(values);
        Settings settings = builder.build();
        MemoryBudget.of(settings).check(machine, problems);
        return problems.isEmpty() ? new Loaded.Sound(settings, values.effective()) : new Loaded.Wrong(problems);
    }

    private static Optional<RawValue> highest(List<RawValue> given, Setting setting) {
        return given.stream()
                .filter(raw -> raw.setting() == setting)
                .reduce((first, second) -> second.source().outranks(first.source()) ? second : first);
    }
}
