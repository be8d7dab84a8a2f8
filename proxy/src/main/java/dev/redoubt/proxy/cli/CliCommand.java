package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.config.HostPort;
import dev.redoubt.proxy.tls.TlsProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code cli}: one command from the arguments, or line by line from the input. Used once. */
final class CliCommand {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** They never end: what follows is shown until the connection or the process does. */
    private static final Set<String> STREAMING = Set.of("SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "MONITOR");

    /** Their replies are text for people. */
    private static final Set<String> PAGES =
            Set.of("INFO", "LOLWUT", "CLIENT LIST", "CLIENT INFO", "CLUSTER NODES", "CLUSTER INFO", "MEMORY DOCTOR");

    private final Terminal terminal;

    CliCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    int run(List<String> arguments) {
        CommandSpec spec = spec();
        try {
            ParseResult parsed = new CommandLine(spec).parseArgs(arguments.toArray(String[]::new));
            if (parsed.isUsageHelpRequested()) {
                new CommandLine(spec).usage(terminal.out());
                return ExitCode.OK;
            }
            return run(parsed);
        } catch (ParameterException e) {
            terminal.err().println("redoubt cli: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("redoubt cli");
        spec.usageMessage()
                .description("A small Redis client. Without a command it reads lines, quoted as in redis-cli.")
                .customSynopsis(
                        "redoubt cli [-h HOST] [-p PORT] [-a PASSWORD] [--user USER] [-n DB] [--tls ...] [COMMAND ARGS...]");
        spec.parser().stopAtPositional(true).unmatchedOptionsArePositionalParams(false);
        spec.addOption(OptionSpec.builder("--help")
                .usageHelp(true)
                .description("Show this and end.")
                .build());
        spec.addOption(option("127.0.0.1", "Where it connects.", String.class, "-h", "--host"));
        spec.addOption(option("6380", "Redoubt's port, or any Redis's.", Integer.class, "-p", "--port"));
        spec.addOption(option(null, "To authenticate with.", String.class, "-a", "--pass"));
        spec.addOption(option(null, "Whose password it is.", String.class, "--user"));
        spec.addOption(option(null, "The database.", Integer.class, "-n", "--db"));
        CliTls.addOptions(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("COMMAND")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("The command and its arguments.")
                .build());
        return spec;
    }

    static OptionSpec option(@Nullable String fallback, String description, Class<?> type, String... names) {
        String[] rest = Arrays.copyOfRange(names, 1, names.length);
        OptionSpec.Builder option = OptionSpec.builder(names[0], rest)
                .arity("1")
                .type(type)
                .paramLabel(names[names.length - 1].substring(2).toUpperCase(Locale.ROOT))
                .description(fallback == null ? description : description + " Default " + fallback + ".");
        return fallback == null ? option.build() : option.defaultValue(fallback).build();
    }

    private int run(ParseResult parsed) {
        InetSocketAddress address;
        try {
            address = new HostPort(parsed.matchedOptionValue("-h", "127.0.0.1"), parsed.matchedOptionValue("-p", 6380))
                    .resolve();
        } catch (IllegalArgumentException e) {
            terminal.err().println("redoubt cli: " + e.getMessage());
            return ExitCode.USAGE;
        }
        CliConnection connection;
        try {
            connection = new CliConnection(address, CONNECT_TIMEOUT, greeting(parsed), CliTls.of(parsed));
        } catch (TlsProblem e) {
            terminal.err().println("redoubt cli: " + e.getMessage());
            return ExitCode.USAGE;
        }
        List<String> command = parsed.matchedPositionalValue(0, List.of());
        if (command.isEmpty()) {
            return lines(connection);
        }
        return call(
                connection,
                command.stream()
                        .map(word -> word.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    /** What a new connection says first. */
    private static List<List<String>> greeting(ParseResult parsed) {
        List<List<String>> greeting = new ArrayList<>();
        String password = parsed.matchedOptionValue("-a", "");
        String user = parsed.matchedOptionValue("--user", "");
        if (!password.isEmpty()) {
            greeting.add(user.isEmpty() ? List.of("AUTH", password) : List.of("AUTH", user, password));
        }
        int db = parsed.matchedOptionValue("-n", 0);
        if (db != 0) {
            greeting.add(List.of("SELECT", Integer.toString(db)));
        }
        return greeting;
    }

    private int call(CliConnection connection, List<byte[]> command) {
        try {
            Reply reply = connection.call(command);
            print(isPage(command) ? ReplyText.page(reply) : ReplyText.of(reply));
            if (!reply.isFailure() && STREAMING.contains(name(command))) {
                stream(connection);
            }
            return reply.isFailure() ? ExitCode.FAILED : ExitCode.OK;
        } catch (IOException e) {
            connection.close();
            terminal.err().println("redoubt cli: " + connection.address() + ": " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private void stream(CliConnection connection) throws IOException {
        while (true) {
            print(ReplyText.of(connection.read()));
        }
    }

    /** The exit code is the last command's. */
    private int lines(CliConnection connection) {
        BufferedReader input = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        int exitCode = ExitCode.OK;
        try {
            for (String line = next(input, connection); line != null; line = next(input, connection)) {
                Optional<List<byte[]>> command = LineArguments.split(line);
                if (command.isEmpty()) {
                    terminal.out().println("Invalid argument(s)");
                } else if (!command.get().isEmpty()) {
                    String name = name(command.get());
                    if (name.equals("QUIT") || name.equals("EXIT")) {
                        return ExitCode.OK;
                    }
                    exitCode = call(connection, command.get());
                }
            }
        } catch (IOException e) {
            terminal.err().println("redoubt cli: " + e.getMessage());
            return ExitCode.FAILED;
        }
        return exitCode;
    }

    private @Nullable String next(BufferedReader input, CliConnection connection) throws IOException {
        if (terminal.isInteractive()) {
            terminal.out().print(connection.address() + "> ");
            terminal.out().flush();
        }
        return input.readLine();
    }

    private void print(String text) {
        terminal.out().println(text);
        terminal.out().flush();
    }

    private static boolean isPage(List<byte[]> command) {
        return PAGES.contains(name(command))
                || (command.size() > 1 && PAGES.contains(name(command) + " " + word(command, 1)));
    }

    private static String name(List<byte[]> command) {
        return word(command, 0);
    }

    private static String word(List<byte[]> command, int index) {
        return new String(command.get(index), StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
    }
}
