package dev.redoubt.it.differential;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** One line of {@code commands.txt}, which says how it is to be read. Immutable. */
final class CommandPattern {
    private final List<Node> nodes;
    private final int weight;
    private final Comparison comparison;
    private final boolean global;
    private final boolean fixed;
    private final boolean alone;

    private sealed interface Node {}

    private record Choice(String[] words) implements Node {}

    private record Slot(String before, String name) implements Node {}

    private record Optional(List<Node> nodes) implements Node {}

    private record Repeated(List<Node> nodes) implements Node {}

    private CommandPattern(
            List<Node> nodes, int weight, Comparison comparison, boolean global, boolean fixed, boolean alone) {
        this.nodes = nodes;
        this.weight = weight;
        this.comparison = comparison;
        this.global = global;
        this.fixed = fixed;
        this.alone = alone;
    }

    static CommandPattern parse(String line) {
        Deque<String> tokens = new ArrayDeque<>(List.of(line.strip().split("\\s+")));
        int weight = 1;
        Comparison comparison = Comparison.EXACT;
        boolean global = false;
        boolean fixed = false;
        boolean alone = false;
        for (; tokens.getFirst().matches("\\*\\d+|@[a-z]+"); tokens.removeFirst()) {
            switch (tokens.getFirst()) {
                case "@unordered" -> comparison = Comparison.UNORDERED;
                case "@close" -> comparison = Comparison.CLOSE;
                case "@shape" -> comparison = Comparison.SHAPE;
                case "@greeting" -> comparison = Comparison.GREETING;
                case "@global" -> global = true;
                case "@fixed" -> fixed = true;
                case "@alone" -> alone = true;
                default -> weight = Integer.parseInt(tokens.getFirst().substring(1));
            }
        }
        return new CommandPattern(sequence(tokens, ""), weight, comparison, global, fixed, alone);
    }

    /** Reads up to a token that ends so, or to the end. */
    private static List<Node> sequence(Deque<String> tokens, String end) {
        List<Node> nodes = new ArrayList<>();
        while (!tokens.isEmpty()) {
            String token = tokens.removeFirst();
            if (token.startsWith("[")) {
                tokens.addFirst(token.substring(1));
                nodes.add(new Optional(sequence(tokens, "]")));
            } else if (token.startsWith("(")) {
                tokens.addFirst(token.substring(1));
                nodes.add(new Repeated(sequence(tokens, ")+")));
            } else if (!end.isEmpty() && token.endsWith(end)) {
                nodes.add(word(token.substring(0, token.length() - end.length())));
                return nodes;
            } else {
                nodes.add(word(token));
            }
        }
        if (!end.isEmpty()) {
            throw new IllegalArgumentException("a group without " + end);
        }
        return nodes;
    }

    private static Node word(String token) {
        int slot = token.indexOf('{');
        return slot < 0
                ? new Choice(token.split("\\|"))
                : new Slot(token.substring(0, slot), token.substring(slot + 1, token.length() - 1));
    }

    int weight() {
        return weight;
    }

    Comparison comparison() {
        return comparison;
    }

    /** Whether it concerns more than the client's own keys. */
    boolean isGlobal() {
        return global;
    }

    /** Whether it may not be spoilt. */
    boolean isFixed() {
        return fixed;
    }

    /** Whether it is not said inside MULTI. */
    boolean isAlone() {
        return alone;
    }

    List<String> fill(Random random, Words words) {
        List<String> filled = new ArrayList<>();
        fill(nodes, random, words, filled);
        return filled;
    }

    private static void fill(List<Node> nodes, Random random, Words words, List<String> out) {
        for (Node node : nodes) {
            if (node instanceof Choice choice) {
                out.add(choice.words()[random.nextInt(choice.words().length)]);
            } else if (node instanceof Slot slot) {
                out.add(slot.before() + words.next(slot.name()));
            } else if (node instanceof Optional optional) {
                if (random.nextBoolean()) {
                    fill(optional.nodes(), random, words, out);
                }
            } else if (node instanceof Repeated repeated) {
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    fill(repeated.nodes(), random, words, out);
                }
            }
        }
    }
}
