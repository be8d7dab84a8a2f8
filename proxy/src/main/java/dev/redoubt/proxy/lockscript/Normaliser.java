package dev.redoubt.proxy.lockscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes scripts equal that mean the same: names of local variables, {@code pcall}, UNLINK, {@code tonumber}, brackets around
 * conditions and the case of commands are what people vary. Works on a list of its own. Used once.
 */
final class Normaliser {
    private static final Set<String> OPERATORS = Set.of("==", "~=", "..", "+", "-", "or", "and", ",", "[", ".", "(");

    private final List<String> tokens;

    private Normaliser(List<String> tokens) {
        this.tokens = new ArrayList<>(tokens);
    }

    static List<String> normalised(String text) {
        Normaliser normaliser = new Normaliser(LuaTokens.of(text));
        normaliser.tokens.removeIf(token -> token.equals(";"));
        normaliser.calls();
        normaliser.dropConversions();
        normaliser.inlineLocals();
        normaliser.dropBrackets();
        return List.copyOf(normaliser.tokens);
    }

    /** {@code redis.pcall("UNLINK"} becomes {@code call('del}. */
    private void calls() {
        for (int i = 0; i + 4 < tokens.size(); i++) {
            boolean isCall = tokens.get(i).equals("redis")
                    && tokens.get(i + 1).equals(".")
                    && Set.of("call", "pcall").contains(tokens.get(i + 2))
                    && tokens.get(i + 3).equals("(");
            if (isCall) {
                tokens.set(i, "call");
                tokens.subList(i + 1, i + 3).clear();
                String command = tokens.get(i + 2).toLowerCase(Locale.ROOT);
                tokens.set(i + 2, command.equals("'unlink") ? "'del" : command);
            }
        }
    }

    private void dropConversions() {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            boolean converts = Set.of("tonumber", "tostring").contains(tokens.get(i))
                    && tokens.get(i + 1).equals("(");
            if (converts) {
                tokens.remove(closing(i + 1));
                tokens.subList(i, i + 2).clear();
                i--;
            }
        }
    }

    /** A variable that stands for one operand, wherever it is used. */
    private void inlineLocals() {
        for (int i = 0; i + 3 < tokens.size(); i++) {
            if (tokens.get(i).equals("local") && tokens.get(i + 2).equals("=")) {
                int end = endOfOperand(i + 3);
                boolean isWhole = end == tokens.size() || !OPERATORS.contains(tokens.get(end));
                if (end > 0 && isWhole) {
                    inline(i, end);
                    i--;
                }
            }
        }
    }

    private void inline(int local, int end) {
        String name = tokens.get(local + 1);
        List<String> operand = List.copyOf(tokens.subList(local + 3, end));
        tokens.subList(local, end).clear();
        for (int i = local; i < tokens.size(); i++) {
            if (tokens.get(i).equals(name)) {
                tokens.remove(i);
                tokens.addAll(i, operand);
                i += operand.size() - 1;
            }
        }
    }

    /** Behind a call, KEYS[1], ARGV[1] or a constant; 0 if there is none. */
    private int endOfOperand(int from) {
        String first = tokens.get(from);
        String next = from + 1 < tokens.size() ? tokens.get(from + 1) : "";
        if (first.equals("call") && next.equals("(")) {
            return closing(from + 1) + 1;
        }
        if (Set.of("KEYS", "ARGV").contains(first) && next.equals("[")) {
            return from + 4 <= tokens.size() ? from + 4 : 0;
        }
        return first.startsWith("'") || first.matches("\\d+") ? from + 1 : 0;
    }

    private void dropBrackets() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean begins = Set.of("if", "elseif").contains(tokens.get(i))
                    && tokens.get(i + 1).equals("(");
            if (begins) {
                int end = closing(i + 1);
                if (end + 1 < tokens.size() && tokens.get(end + 1).equals("then")) {
                    tokens.remove(end);
                    tokens.remove(i + 1);
                    i--;
                }
            }
        }
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).equals("(") ? 1 : tokens.get(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw Unrecognised.INSTANCE;
    }
}
