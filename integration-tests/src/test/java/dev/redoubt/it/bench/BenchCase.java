package dev.redoubt.it.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One load: a test with so many clients, so many commands in a pipeline, so many commands in all. The tests are those of redis-benchmark,
 * and the bench's own: {@code multi} (a transaction counts as one command), {@code evalsha}, {@code blpop} (a wake-up counts as one), {@code publish} (a message to all clients counts as one).
 */
record BenchCase(String test, int clients, int pipeline, int commands) {
    private static final Pattern NAME = Pattern.compile("([a-z_]+)-c(\\d{1,5})-p(\\d{1,4})(?:-n(\\d{1,8}))?");
    private static final int FEWEST_COMMANDS = 1_000;
    private static final int FEWEST_WAITING = 10;
    private static final String PUBLISH = "publish";
    private static final Set<String> OF_SESSIONS = Set.of("multi", "evalsha", "blpop");

    BenchCase {
        if (clients < 1 || pipeline < 1 || commands < FEWEST_COMMANDS) {
            throw new IllegalArgumentException(
                    "a case needs a client, a pipeline of 1 and " + FEWEST_COMMANDS + " commands at least");
        }
        if (test.equals("blpop") && (clients < FEWEST_WAITING || pipeline > 1)) {
            throw new IllegalArgumentException("blpop needs " + FEWEST_WAITING + " clients that wait, and no pipeline");
        }
    }

    /** The cases that the goals are about. */
    static List<BenchCase> defaults() {
        return parseList("get-c50-p1,set-c50-p1,get-c50-p16,set-c50-p16,get-c1-p1,get-c500-p1");
    }

    /** Those that need more of a session than commands that may be forwarded: sent by the bench itself. */
    static List<BenchCase> ofSessions() {
        return parseList("multi-c50-p1,evalsha-c50-p1,blpop-c50-p1");
    }

    /** Reads {@code get-c50-p16}, or {@code get-c50-p16-n600000} with a number of commands. */
    static BenchCase parse(String text) {
        Matcher matcher = NAME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a case looks like get-c50-p1 or set-c50-p16-n600000, not " + text);
        }
        int clients = Integer.parseInt(matcher.group(2));
        int pipeline = Integer.parseInt(matcher.group(3));
        String commands = matcher.group(4);
        return new BenchCase(
                matcher.group(1),
                clients,
                pipeline,
                commands == null ? usualCommands(matcher.group(1), clients, pipeline) : Integer.parseInt(commands));
    }

    static List<BenchCase> parseList(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(",")).map(BenchCase::parse).toList();
    }

    /** The same case with fewer commands, for a quick look. */
    BenchCase shortened(int divisor) {
        return new BenchCase(test, clients, pipeline, Math.max(FEWEST_COMMANDS, commands / divisor));
    }

    /** Messages to so many subscribers. */
    static List<BenchCase> ofPubSub() {
        return parseList("publish-c1-p1,publish-c50-p1,publish-c500-p1,publish-c50-p16");
    }

    /** The part of a run that it belongs to. */
    BenchOptions.Part part() {
        if (test.equals(PUBLISH)) {
            return BenchOptions.Part.PUBSUB;
        }
        return OF_SESSIONS.contains(test) ? BenchOptions.Part.SESSIONS : BenchOptions.Part.LOAD;
    }

    boolean isPipelined() {
        return pipeline > 1;
    }

    String name() {
        return test + "-c" + clients + "-p" + pipeline;
    }

    String title() {
        return "%s, %d %s, %s"
                .formatted(
                        test.toUpperCase(Locale.ROOT),
                        clients,
                        clients == 1 ? "client" : "clients",
                        isPipelined() ? "pipeline of " + pipeline : "no pipeline");
    }

    // Each load should last some seconds: far above the clock's resolution, short enough for interleaving.
    private static int usualCommands(String test, int clients, int pipeline) {
        if (test.equals("blpop")) {
            return 20_000; // one after the other
        }
        if (test.equals(PUBLISH)) {
            return Math.max(FEWEST_COMMANDS, 300_000 / Math.max(clients, 15)) / pipeline * pipeline;
        }
        if (test.equals("multi")) {
            return 60_000; // of four commands
        }
        if (pipeline > 1) {
            return 600_000;
        }
        return clients == 1 ? 20_000 : 150_000;
    }
}
