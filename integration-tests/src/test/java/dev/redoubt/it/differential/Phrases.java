package dev.redoubt.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What one client says in several commands that belong together. A phrase leaves the session without a transaction and
 * answering. Its requests may go out in different pipelines, with other clients' commands between.
 * Confined to one thread.
 */
final class Phrases {
    private static final String[] MALFORMED = {
        "*x\r\n",
        "*1x\r\n",
        "*\r\n",
        "*99999999999999999999\r\n",
        "*1\r\n+PING\r\n",
        "*1\r\nPING\r\n",
        "*1\r\n$x\r\n",
        "*1\r\n$-1\r\n",
        "*1\r\n$536870913\r\n",
        "*2\r\n$3\r\nGET\r\n:1\r\n",
        "SET k \"open\r\n",
        "SET k 'a'b\r\n",
        "*" + "1".repeat(70_000),
        "*1\r\n$" + "1".repeat(70_000),
        "z".repeat(70_000)
    };
    private static final String[] NOTHING = {"\r\n", "\n", "*0\r\n", "*-1\r\n", "   \r\n"};

    private final Random random;
    private final Words words;
    private final CommandPatterns all;
    private final CommandPatterns queueable;
    private final CommandPatterns unfixed;

    Phrases(Random random, Words words, CommandPatterns patterns) {
        this.random = random;
        this.words = words;
        this.all = patterns;
        this.queueable = patterns.where(pattern -> !pattern.isAlone())
                .where(pattern ->
                        pattern.comparison() == Comparison.EXACT || pattern.comparison() == Comparison.UNORDERED);
        this.unfixed = queueable.where(pattern -> !pattern.isFixed());
    }

    List<Request> next() {
        return switch (random.nextInt(100)) {
            case 0, 1, 2, 3, 4, 5, 6 -> transaction(List.of());
            case 7, 8, 9 -> watched();
            case 10, 11 -> List.of(silent());
            case 12 -> List.of(skipped());
            case 13 -> List.of(Request.raw(pick(NOTHING), 0, false));
            case 14 -> List.of(Request.raw(pick(MALFORMED), 1, true));
            case 15 -> List.of(end());
            case 16 -> subscription();
            default -> List.of(command(all));
        };
    }

    private Request command(CommandPatterns patterns) {
        CommandPattern pattern = patterns.any(random);
        List<String> filled = pattern.fill(random, words);
        if (!pattern.isFixed() && random.nextInt(14) == 0) {
            spoil(filled);
        }
        if (random.nextInt(4) == 0) {
            filled.set(0, filled.get(0).toLowerCase(Locale.ROOT));
        }
        boolean inline = random.nextInt(10) == 0
                && !filled.get(0).startsWith("*")
                && filled.stream().mapToInt(String::length).sum() < 10_000;
        return inline
                ? Request.inline(filled, pattern.comparison(), random.nextBoolean() ? "\r\n" : "\n")
                : Request.command(filled, pattern.comparison());
    }

    private void spoil(List<String> command) {
        int at = random.nextInt(command.size());
        switch (random.nextInt(5)) {
            case 0 -> {
                if (command.size() > 1) {
                    command.remove(Math.max(1, at));
                }
            }
            case 1 -> command.add(at + 1, command.get(at));
            case 2 -> command.add(words.garbage());
            default -> {
                if (at > 0) {
                    command.set(at, words.garbage());
                }
            }
        }
    }

    private List<Request> transaction(List<Request> before) {
        List<Request> parts = new ArrayList<>(before);
        parts.add(Request.command("MULTI"));
        for (int i = random.nextInt(8); i > 0; i--) {
            parts.add(inTransaction());
        }
        parts.add(
                switch (random.nextInt(10)) {
                    case 0, 1 -> Request.command("DISCARD");
                    case 2 -> Request.command("EXEC", "now");
                    case 3 -> Request.command("RESET");
                    case 4 -> random.nextInt(4) == 0 ? end() : Request.command("EXEC", "now", "then");
                    default -> Request.command(List.of("EXEC"), Comparison.UNORDERED);
                });
        return parts;
    }

    private Request inTransaction() {
        return switch (random.nextInt(40)) {
            case 0 -> Request.command("MULTI");
            case 1 -> Request.command("WATCH", words.next("str"));
            case 2 -> Request.command("UNWATCH");
            default -> command(queueable);
        };
    }

    private List<Request> watched() {
        List<Request> parts = new ArrayList<>();
        parts.add(Request.command("WATCH", words.next("any"), words.next("str")));
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(command(queueable));
        }
        if (random.nextInt(6) == 0) {
            parts.add(Request.command("UNWATCH"));
        }
        return random.nextInt(8) == 0 ? parts : transaction(parts);
    }

    /** In one piece, as its end is what tells that the silent commands have run. */
    private Request silent() {
        List<Request> requests = new ArrayList<>(
                List.of(Request.command("CLIENT", "REPLY", "OFF").answeredBy(0)));
        for (int i = random.nextInt(6); i > 0; i--) {
            requests.add(command(unfixed).answeredBy(0));
        }
        requests.add(Request.command("CLIENT", "reply", "on"));
        return Request.together(requests);
    }

    private Request skipped() {
        return Request.together(List.of(
                Request.command("CLIENT", "REPLY", "SKIP").answeredBy(0),
                command(unfixed).answeredBy(0),
                Request.command("PING")));
    }

    private Request end() {
        Request quit = (random.nextInt(4) == 0 ? Request.command("QUIT", "now") : Request.command("QUIT")).ending();
        return random.nextBoolean()
                ? quit
                : Request.together(
                        List.of(quit, Request.command("SET", "late", "1").answeredBy(0)));
    }

    /** Channels of this client alone, and back again. */
    private List<Request> subscription() {
        String channel = words.fresh(random.nextInt(3));
        return List.of(
                Request.command("SUBSCRIBE", channel, channel + "b").answeredBy(2),
                Request.command("PING", "while subscribed"),
                Request.command("UNSUBSCRIBE", channel, channel + "b").answeredBy(2));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
