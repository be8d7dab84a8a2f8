package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.config.CommandLineValues;
import dev.redoubt.proxy.config.Loaded;
import dev.redoubt.proxy.config.SettingsLoader;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Chooses the command: {@code run} (the default), {@code config}, {@code check}, {@code cli}. Used once, on the main thread. */
public final class CommandLineTool {
    private static final String FOOTER = "%nEvery option is also REDOUBT_UPSTREAM_STALL_LIMIT in the environment (for "
            + "--upstream-stall-limit), and upstream.stall-limit%nin a YAML file. The command line comes first, then "
            + "the environment, then the file, then REDIS_URL, REDIS_HOST,%nREDIS_PORT, REDIS_USERNAME, REDIS_PASSWORD, "
            + "REDIS_DB and REDIS_DISABLED=1 (memory only).%n%nDurations: 500ms, 10s, 1m, 1h, 1d. Sizes: 64KB, 16MB, 1GB "
            + "(1 KB is 1024 bytes).%n%nOther commands:%n  redoubt check [OPTIONS]     try the upstream, and say what "
            + "is missing%n  redoubt config [OPTIONS]    show every setting: its value, where it came from, what is allowed%n"
            + "  redoubt cli [COMMAND ...]   a small Redis client; redoubt cli --help%n";

    private final ProxyStarter starter;
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final String version;

    public CommandLineTool(ProxyStarter starter, Terminal terminal, Map<String, String> environment, String version) {
        this.starter = starter;
        this.terminal = terminal;
        this.environment = environment;
        this.version = version;
    }

    /** Runs to the end of the command and returns the exit code. */
    public int run(String... arguments) {
        List<String> all = List.of(arguments);
        String first = all.isEmpty() ? "run" : all.get(0);
        if (first.startsWith("-")) {
            return withSettings("run", all);
        }
        List<String> rest = all.isEmpty() ? all : all.subList(1, all.size());
        return switch (first) {
            case "run", "check", "config" -> withSettings(first, rest);
            case "cli" -> new CliCommand(terminal).run(rest);
            case "help" -> withSettings("run", List.of("--help"));
            case "version" -> withSettings("run", List.of("--version"));
            default -> {
                terminal.err()
                        .println("redoubt: " + first
                                + " is no command; there are run, config, check, cli, help, version");
                yield ExitCode.USAGE;
            }
        };
    }

    private int withSettings(String command, List<String> arguments) {
        CommandSpec spec = spec(command, arguments);
        ParseResult parsed = SettingOptions.parse(spec, arguments);
        if (parsed.isUsageHelpRequested()) {
            new CommandLine(spec).usage(terminal.out());
            return ExitCode.OK;
        }
        if (parsed.isVersionHelpRequested()) {
            terminal.out().println("Redoubt " + version);
            return ExitCode.OK;
        }
        return load(command, SettingOptions.values(parsed));
    }

    private static CommandSpec spec(String command, List<String> arguments) {
        CommandSpec spec = switch (command) {
            case "check" ->
                SettingOptions.spec("redoubt check", "Tries the upstream, and says what is missing.", arguments);
            case "config" ->
                SettingOptions.spec(
                        "redoubt config",
                        "Shows every setting as run would use it: value, where it came from, what is allowed.",
                        arguments);
            default ->
                SettingOptions.spec(
                        "redoubt [run]", "Carries an application's Redis connections through outages.", arguments);
        };
        spec.usageMessage().customSynopsis(spec.name() + " [OPTIONS]").footer(FOOTER);
        return spec;
    }

    private int load(String command, CommandLineValues commandLine) {
        Loaded loaded = new SettingsLoader(environment).load(commandLine);
        if (loaded instanceof Loaded.Sound sound) {
            return switch (command) {
                case "check" -> new CheckCommand(terminal).run(sound.settings().upstream());
                case "config" -> new ConfigCommand(terminal).run(sound.effective());
                default -> new RunCommand(starter, terminal, version).run(sound.settings());
            };
        }
        terminal.err().println("redoubt: wrong configuration, nothing was started:");
        ((Loaded.Wrong) loaded).problems().forEach(problem -> terminal.err().println("  " + problem));
        return ExitCode.USAGE;
    }
}
