package dev.redoubt.proxy.command;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Reads the table file; the head of {@code commands.txt} explains its columns. Written with plain loops: it runs at every
 * start, and the first lambdas of a fresh JVM cost more than all the rows.
 */
final class TableFile {
    /** Redis 7.0 is the newest that the tests of this build run against; what came later is not proven. */
    private static final int PROVEN_MAJOR = 7;

    private static final Map<String, Route> ROUTES = words(Route.values());
    private static final Map<String, ReplayClass> CLASSES = words(ReplayClass.values());
    private static final Map<String, Fallback> FALLBACKS = words(Fallback.values());
    private static final Map<String, RouteRule> ROUTE_RULES = words(RouteRule.values());
    private static final Map<String, ReplayRule> REPLAY_RULES = words(ReplayRule.values());

    private static final int COLUMNS = 8;

    private final Map<String, Row> rows = new LinkedHashMap<>();
    /** Most rows share their flags and keys with others. */
    private final Map<String, Integer> flagsByWords = new HashMap<>();

    private final Map<String, KeyPattern> keysByText = new HashMap<>();

    private record Row(CommandFacts facts, CommandTreatment treatment, Map<String, CommandSpec> subcommands) {}

    private TableFile() {}

    /** The commands by lower-case name, in the order of the text. A row that makes no sense is a bug: it throws. */
    static Map<String, CommandSpec> parse(String text) {
        TableFile file = new TableFile();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (end > start && text.charAt(start) != '#') {
                file.add(columns(text.substring(start, end)));
            }
            start = end + 1;
        }
        return file.specs();
    }

    private static String[] columns(String line) {
        String[] columns = new String[COLUMNS];
        int count = 0;
        int end;
        for (int start = 0; start < line.length(); start = end + 1) {
            end = line.indexOf(' ', start);
            end = end < 0 ? line.length() : end;
            if (end > start) {
                if (count == COLUMNS) {
                    throw new IllegalArgumentException("too many columns: " + line);
                }
                columns[count++] = line.substring(start, end);
            }
        }
        if (count < COLUMNS) {
            throw new IllegalArgumentException("too few columns: " + line);
        }
        return columns;
    }

    private void add(String[] columns) {
        KeyPattern keys = keys(columns[2]);
        CommandFacts facts = new CommandFacts(Integer.parseInt(columns[1]), flags(columns[7], keys), keys, true);
        CommandTreatment treatment = treatment(columns[3], columns[4], columns[5], columns[6]);
        if (rows.put(columns[0], new Row(facts, treatment, new LinkedHashMap<>())) != null) {
            throw new IllegalArgumentException("twice in the table: " + columns[0]);
        }
    }

    private KeyPattern keys(String text) {
        KeyPattern known = keysByText.get(text);
        if (known == null) {
            known = KeyColumn.parse(text);
            keysByText.put(text, known);
        }
        return known;
    }

    private static CommandTreatment treatment(String route, String replayClass, String fallback, String since) {
        boolean routeRule = route.charAt(0) == '~';
        boolean replayRule = replayClass.charAt(0) == '@';
        return new CommandTreatment(
                routeRule ? Route.SHARED : word(ROUTES, route),
                routeRule ? word(ROUTE_RULES, route.substring(1)) : null,
                replayRule ? ReplayClass.UNKNOWN : word(CLASSES, replayClass),
                replayRule ? word(REPLAY_RULES, replayClass.substring(1)) : null,
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

    private int flags(String words, KeyPattern keys) {
        Integer known = flagsByWords.get(words);
        if (known == null) {
            known = flags(words);
            flagsByWords.put(words, known);
        }
        return keys.isMovable() ? known | CommandFlag.MOVABLEKEYS.bit() : known;
    }

    private static int flags(String words) {
        int flags = 0;
        StringTokenizer tokens = new StringTokenizer(words.equals("-") ? "" : words, ",");
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
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            addToContainer(entry.getKey(), entry.getValue());
        }
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            Row row = entry.getValue();
            String name = entry.getKey();
            if (name.indexOf('|') < 0) {
                specs.put(name, new CommandSpec(name, row.facts(), row.treatment(), row.subcommands()));
            }
        }
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
        T constant = words.get(word);
        if (constant == null) {
            throw new IllegalArgumentException("not one of " + words.keySet() + ": " + word);
        }
        return constant;
    }
}
