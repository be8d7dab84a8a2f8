package dev.redoubt.proxy.lockscript;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a script around one key. Immutable. */
sealed interface Statement {

    /** What is true of the key. */
    enum Test {
        /** It holds the argument. */
        SAME,
        /** It does not, or there is no key. */
        OTHER,
        ABSENT,
        PRESENT
    }

    /** @param argument from 1 on; 0 where there is none */
    record Condition(Test test, int argument) {}

    /** @param condition null: else */
    record Arm(@Nullable Condition condition, List<Statement> body) {}

    record If(List<Arm> arms) implements Statement {}

    record Act(Decision what) implements Statement {}

    /** @param act what is done for the value, if anything is */
    record Return(@Nullable Decision act, Decision.Reply reply, long number) implements Statement {}
}
