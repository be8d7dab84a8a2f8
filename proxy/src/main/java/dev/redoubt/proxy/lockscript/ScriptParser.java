package dev.redoubt.proxy.lockscript;

import dev.redoubt.proxy.lockscript.Decision.Action;
import dev.redoubt.proxy.lockscript.Decision.Reply;
import dev.redoubt.proxy.lockscript.Statement.Arm;
import dev.redoubt.proxy.lockscript.Statement.Condition;
import dev.redoubt.proxy.lockscript.Statement.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads normalised words as statements about KEYS[1]; anything else is {@link Unrecognised}. Used once. */
final class ScriptParser {
    private static final List<String> KEY = List.of("KEYS", "[", "1", "]");
    private static final List<String> GET = List.of("call", "(", "'get", ",", "KEYS", "[", "1", "]", ")");
    private static final List<String> EXISTS = List.of("call", "(", "'exists", ",", "KEYS", "[", "1", "]", ")");
    private static final Set<String> BLOCK_ENDS = Set.of("end", "else", "elseif");

    private final List<String> tokens;
    private int at;

    private ScriptParser(List<String> tokens) {
        this.tokens = tokens;
    }

    static List<Statement> parse(List<String> tokens) {
        ScriptParser parser = new ScriptParser(tokens);
        List<Statement> statements = parser.block();
        if (parser.at != tokens.size() || statements.isEmpty()) {
            throw Unrecognised.INSTANCE;
        }
        return statements;
    }

    private List<Statement> block() {
        List<Statement> statements = new ArrayList<>();
        while (at < tokens.size() && !BLOCK_ENDS.contains(tokens.get(at))) {
            statements.add(statement());
        }
        return statements;
    }

    private Statement statement() {
        if (take("if")) {
            return ifStatement();
        }
        return take("return") ? returnStatement() : new Statement.Act(act());
    }

    private Statement ifStatement() {
        List<Arm> arms = new ArrayList<>();
        arms.add(arm());
        while (take("elseif")) {
            arms.add(arm());
        }
        if (take("else")) {
            arms.add(new Arm(null, block()));
        }
        expect("end");
        return new Statement.If(arms);
    }

    private Arm arm() {
        Condition condition = condition();
        expect("then");
        return new Arm(condition, block());
    }

    /** {@code not G or G ~= A} says no more than its second half, {@code G and G == A} neither. */
    private Condition condition() {
        Condition first = comparison();
        if (take("or")) {
            Condition second = comparison();
            return either(first, Test.ABSENT, second, Test.OTHER);
        }
        if (take("and")) {
            Condition second = comparison();
            return either(first, Test.PRESENT, second, Test.SAME);
        }
        return first;
    }

    private static Condition either(Condition first, Test weaker, Condition second, Test stronger) {
        if (first.test() == weaker && second.test() == stronger) {
            return second;
        }
        throw Unrecognised.INSTANCE;
    }

    private Condition comparison() {
        if (take("not")) {
            expectAll(GET);
            return new Condition(Test.ABSENT, 0);
        }
        if (takeAll(EXISTS)) {
            expect("==");
            return new Condition(take("1") ? Test.PRESENT : absentIfZero(), 0);
        }
        if (takeAll(GET)) {
            return take("==") ? equalTo(true) : take("~=") ? equalTo(false) : new Condition(Test.PRESENT, 0);
        }
        int argument = argument();
        boolean same = take("==");
        if (!same) {
            expect("~=");
        }
        expectAll(GET);
        return new Condition(same ? Test.SAME : Test.OTHER, argument);
    }

    private Test absentIfZero() {
        expect("0");
        return Test.ABSENT;
    }

    private Condition equalTo(boolean same) {
        if (take("false")) {
            return new Condition(same ? Test.ABSENT : Test.PRESENT, 0);
        }
        return new Condition(same ? Test.SAME : Test.OTHER, argument());
    }

    private Statement returnStatement() {
        if (at == tokens.size() || BLOCK_ENDS.contains(tokens.get(at))) {
            return new Statement.Return(null, Reply.NIL, 0);
        }
        if (tokens.get(at).equals("call")) {
            return returnOfAct(act());
        }
        if (take("true")) {
            return new Statement.Return(null, Reply.INTEGER, 1);
        }
        if (take("false") || take("nil")) {
            return new Statement.Return(null, Reply.NIL, 0);
        }
        return new Statement.Return(null, Reply.INTEGER, number());
    }

    /** {@code and 1 or 0} behind a SET that cannot fail. */
    private Statement returnOfAct(Decision act) {
        if (act.action() == Action.SET && take("and")) {
            long number = number();
            expect("or");
            number();
            return new Statement.Return(act, Reply.INTEGER, number);
        }
        return new Statement.Return(act, Reply.OF_ACTION, 0);
    }

    private Decision act() {
        expect("call");
        expect("(");
        String command = next();
        expect(",");
        expectAll(KEY);
        Decision act = switch (command) {
            case "'del" -> new Decision(Action.DELETE, 0, 0, 0, Reply.OF_ACTION, 0);
            case "'pexpire" -> timed(Action.EXPIRE, 0, 1);
            case "'expire" -> timed(Action.EXPIRE, 0, 1000);
            case "'set" -> set();
            default -> throw Unrecognised.INSTANCE;
        };
        expect(")");
        return act;
    }

    private Decision set() {
        expect(",");
        int value = argument();
        expect(",");
        return switch (next()) {
            case "'px", "'PX" -> timed(Action.SET, value, 1);
            case "'ex", "'EX" -> timed(Action.SET, value, 1000);
            default -> throw Unrecognised.INSTANCE;
        };
    }

    private Decision timed(Action action, int value, int unitMillis) {
        expect(",");
        return new Decision(action, value, argument(), unitMillis, Reply.OF_ACTION, 0);
    }

    private int argument() {
        expect("ARGV");
        expect("[");
        int argument = (int) number();
        expect("]");
        return argument;
    }

    private long number() {
        boolean negative = take("-");
        String digits = next();
        if (!digits.matches("\\d{1,9}")) {
            throw Unrecognised.INSTANCE;
        }
        return negative ? -Long.parseLong(digits) : Long.parseLong(digits);
    }

    private String next() {
        String token = peek();
        if (token == null) {
            throw Unrecognised.INSTANCE;
        }
        at++;
        return token;
    }

    private @Nullable String peek() {
        return at < tokens.size() ? tokens.get(at) : null;
    }

    private boolean take(String token) {
        boolean isNext = token.equals(peek());
        at += isNext ? 1 : 0;
        return isNext;
    }

    private boolean takeAll(List<String> sequence) {
        int end = at + sequence.size();
        boolean isNext = end <= tokens.size() && tokens.subList(at, end).equals(sequence);
        at = isNext ? end : at;
        return isNext;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw Unrecognised.INSTANCE;
        }
    }

    private void expectAll(List<String> sequence) {
        if (!takeAll(sequence)) {
            throw Unrecognised.INSTANCE;
        }
    }
}
