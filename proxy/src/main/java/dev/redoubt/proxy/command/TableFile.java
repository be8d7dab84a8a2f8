package dev.redoubt.proxy.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Reads the table file; the head of {@code commands.txt} explains its columns. */
final class TableFile {
    /** Redis 7.0 is the newest that the tests of this build run against; what came later is not proven. */
    private static final int PROVEN_MAJOR = 7;

    private static final Map<String, Route> ROUTES = words(Route.values());
    private static final Map<String, ReplayClass> CLASSES = words(ReplayClass.values());
    private static final Map<String, Fallback> FALLBACKS = words(Fallback.values());
    private static final Map<String, RouteRule> ROUTE_RULES = words(RouteRule.values());

    private final Map<String, Row> rows = new LinkedHashMap<>();

    private record Row(CommandFacts facts, CommandTreatment treatment, Map<String, CommandSpec> subcommands) {}

    private TableFile() {}

    /** The commands by lower-case name, in the order of the text. A row that makes no sense is a bug: it throws. */
    static Map<String, CommandSpec> parse(String text) {
        TableFile file = new TableFile();
        text.lines().filter(line -> !line.isEmpty() && line.charAt(0) != '#').forEach(file::add);
        return file.specs();
    }

    private void add(String line) {
        StringTokenizer columns = new StringTokenizer(line);
        if (columns.countTokens() != 8) {
            throw new IllegalArgumentException("not eight columns: " + line);
        }
        String name = columns.nextToken();
        int arity = Integer.parseInt(columns.nextToken());
        KeyPattern keys = KeyColumn.parse(columns.nextToken());
        CommandTreatment treatment =
                treatment(columns.nextToken(), columns.nextToken(), columns.nextToken(), columns.nextToken());
        Row row = new Row(
                new CommandFacts(arity, flags(columns.nextToken(), keys), keys, true),
                treatment,
                new LinkedHashMap<>());
        if (rows.put(name, row) != null) {
            throw new IllegalArgumentException("twice in the table: " + name);
        }
    }

    private static CommandTreatment treatment(String route, String replayClass, String fallback, String since) {
        boolean routeRule = route.charAt(0) == '~';
        boolean replayRule = replayClass.charAt(0) == '@';
        return new CommandTreatment(
                routeRule ? Route.SHARED : word(ROUTES, route),
                routeRule ? word(ROUTE_RULES, route.substring(1)) : null,
                replayRule ? ReplayClass.UNKNOWN : word(CLASSES, replayClass),
                replayRule ? ReplayRule.named(replayClass.substring(1)) : null,
                fallback.equals("-") ? Fallback.NONE : word(FALLBACKS, fallback),
                since,
                isProven(since));
    }

    /** What is not a plain version is another server's: "valkey-8.0". */
    private static boolean isProven(String since) {
        if (!Character.isDigit(since.charAt(0))) {
            return false;
        }
        int dot = since.indexOf('.');
        int major = Integer.parseInt(since.substring(0, dot));
        return major < PROVEN_MAJOR || major == PROVEN_MAJOR && Integer.parseInt(since.substring(dot + 1)) == 0;
    }

    private static int flags(String words, KeyPattern keys) {
        int flags = keys.isMovable() ? CommandFlag.MOVABLEKEYS.bit() : 0;
        if (words.equals("-")) {
            return flags;
        }
        StringTokenizer tokens = new StringTokenizer(words, ",");
        while (tokens.hasMoreTokens()) {
            String word = tokens.nextToken();
            int bit = CommandFlag.bitOf(word);
            if (bit == 0) {
                throw new IllegalArgumentException("no such flag: " + word);
            }
            flags |= bit;
        }
        return flags;
    }

    private Map<String, CommandSpec> specs() {
        Map<String, CommandSpec> specs = new LinkedHashMap<>();
        rows.forEach(this::addToContainer);
        rows.forEach((name, row) -> {
            if (name.indexOf('|') < 0) {
                specs.put(name, new CommandSpec(name, row.facts(), row.treatment(), row.subcommands()));
            }
        });
        return specs;
    }

    private void addToContainer(String name, Row row) {
        int bar = name.indexOf('|');
        if (bar < 0) {
            return;
        }
        Row container = rows.get(name.substring(0, bar));
        if (container == null) {
            throw new IllegalArgumentException("no row for the container of " + name);
        }
        CommandSpec subcommand = new CommandSpec(name, row.facts(), row.treatment(), Map.of());
        container.subcommands().put(name.substring(bar + 1), subcommand);
    }

    private static <T extends Enum<T>> Map<String, T> words(T[] constants) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T constant : constants) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return words;
    }

    private static <T> T word(Map<String, T> words, String word) {
        @Nullable T constant = words.get(word);
        if (constant == null) {
            throw new IllegalArgumentException("not one of " + words.keySet() + ": " + word);
        }
        return constant;
    }
}
