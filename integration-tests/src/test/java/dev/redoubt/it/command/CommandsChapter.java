package dev.redoubt.it.command;

import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.command.Replays;
import dev.redoubt.proxy.command.Route;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What docs/compatibility.md says about each command, from the command table. Where arguments decide, the calls of {@code
 * replay-claims.txt} tell what may come out: those are proved on a real Redis.
 */
public final class CommandsChapter {
    private static final CommandTable TABLE = CommandTable.builtIn();

    /** Calls that show a route or a class which no claim shows. */
    private static final Stream<String> EXAMPLES = Stream.of(
            "xreadgroup group g c block 0 streams k >",
            "xread block 0 streams k $",
            "client tracking on",
            "acl log reset",
            "pexpire k 1 nx",
            "expireat k 1 nx",
            "restore-asking k 0 x",
            "sinterstore k k l",
            "sunionstore k k l",
            "zdiffstore k 2 k l");

    private static final Set<Route> NEVER_IN_DOUBT =
            EnumSet.of(Route.SESSION, Route.WATCH, Route.SUBSCRIBE, Route.REFUSED);

    private static final List<byte[][]> CALLS = Stream.concat(
                    ReplayClaim.all().map(ReplayClaim::call), EXAMPLES.map(call -> List.of(call.split(" "))))
            .map(words -> words.stream().map(PlainRedis::bytes).toArray(byte[][]::new))
            .toList();

    private CommandsChapter() {}

    /** A table of the commands that Redis 7.0 has, and the names of later ones. */
    public static String markdown() {
        String rows = commands()
                .filter(CommandSpec::isProven)
                .map(CommandsChapter::row)
                .collect(Collectors.joining("\n"));
        String later = commands()
                .filter(spec -> !spec.isProven())
                .map(CommandsChapter::name)
                .collect(Collectors.joining(", "));
        return "| command | route | replay class | while Redis is away |\n|---|---|---|---|\n" + rows
                + "\n\nKnown, but later than the Redis that the tests run against, and so never repeated: " + later
                + ".";
    }

    /** Subcommands by themselves, and containers only where they are commands too. */
    private static Stream<CommandSpec> commands() {
        return TABLE.specs().stream()
                .flatMap(spec ->
                        Stream.concat(Stream.of(spec).filter(CommandsChapter::isCallable), spec.subcommands().stream()))
                .sorted(Comparator.comparing(CommandSpec::name));
    }

    private static boolean isCallable(CommandSpec spec) {
        return !spec.isContainer() || spec.acceptsArgumentCount(1);
    }

    private static String row(CommandSpec spec) {
        return "| " + String.join(" | ", name(spec), route(spec), replayClass(spec), fallback(spec)) + " |";
    }

    private static String name(CommandSpec spec) {
        return "`" + spec.name().toUpperCase(Locale.ROOT).replace('|', ' ') + "`";
    }

    private static String route(CommandSpec spec) {
        if (spec.isContainer() || !spec.argumentsDecideRoute()) {
            return text(spec.route());
        }
        Map<Route, String> routes = new EnumMap<>(Route.class);
        calls(spec).map(spec::route).forEach(route -> routes.put(route, text(route)));
        if (routes.size() < 2) {
            throw new IllegalStateException("no example of another route than " + routes + " for " + spec);
        }
        return String.join(", or ", routes.values());
    }

    private static String text(Route route) {
        return switch (route) {
            case SHARED -> "shared";
            case SESSION -> "local";
            case TRANSACTION -> "local; the transaction shared, or leased after WATCH";
            case WATCH -> "leased until EXEC, DISCARD, UNWATCH";
            case BLOCKING -> "leased until its reply";
            case WAIT -> "leased, behind the session's writes";
            case SUBSCRIBE -> "pub/sub";
            case TRACKING -> "a connection of its own while it tracks";
            case AUDIENCE -> "shared; subscribers here are counted in the reply";
            case CURSOR -> "shared; cursors of an earlier run are refused";
            case DEDICATED -> "leased for the client's life";
            case SCRIPT -> "shared if known to be quick, else leased for the call";
            case INFO -> "shared; a section of Redoubt's own is added";
            case KILL -> "another connection than the script's";
            case MONITOR -> "a connection of its own, read by Redoubt";
            case USERS -> "shared; passwords are verified anew";
            case LARGE -> "leased for the call";
            case REFUSED -> "refused";
            default -> route.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String replayClass(CommandSpec spec) {
        if (NEVER_IN_DOUBT.contains(spec.route())) {
            return "–";
        }
        ReplayClass fixed = spec.fixedReplayClass();
        if (fixed != null) {
            return text(fixed);
        }
        Set<ReplayClass> classes = EnumSet.noneOf(ReplayClass.class);
        calls(spec).forEach(call -> classes.add(Replays.replayClass(spec, call)));
        if (classes.size() < 2) {
            throw new IllegalStateException("no example of another class than " + classes + " for " + spec);
        }
        return classes.stream().map(CommandsChapter::text).collect(Collectors.joining(", or "));
    }

    private static String text(ReplayClass replayClass) {
        return switch (replayClass) {
            case UNIT -> "as its worst member, or unknown";
            default -> replayClass.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    private static String fallback(CommandSpec spec) {
        return switch (spec.fallback()) {
            case NONE -> spec.route() == Route.SESSION ? "local" : "waits";
            case GREETING -> "what was last seen";
            case READ -> "memory";
            case WRITE -> "memory and journal";
            case MEMORY_ONLY -> "memory, if no Redis was seen; else waits";
        };
    }

    private static Stream<byte[][]> calls(CommandSpec spec) {
        return CALLS.stream().filter(call -> TABLE.find(call[0]).of(call).name().equals(spec.name()));
    }
}
