package dev.redoubt.proxy.lockscript;

import dev.redoubt.proxy.lockscript.Decision.Action;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A script around a lock, as it is understood. Immutable. */
public sealed interface LockScript {

    /** What it says about one key. */
    record OneKey(List<Statement> statements) implements LockScript {
        public OneKey {
            statements = List.copyOf(statements);
        }

        /** Whether it takes the lock where nobody has it. */
        public boolean mayObtain() {
            return decide(null, new byte[][] {{}, {}, {}, {}}).action() == Action.SET;
        }

        /**
         * What it does.
         *
         * @param current what the key holds; null: nothing
         * @throws IllegalArgumentException if it uses an argument that is not there, or goes on looking after it has acted
         */
        public Decision decide(byte @Nullable [] current, byte[][] arguments) {
            Walk walk = new Walk(current, arguments);
            return walk.isReturned(statements) ? walk.decision : walk.decision.replying(Decision.Reply.NIL, 0);
        }
    }

    /** redis-py's {@code extend}: adds to the time that is left, or replaces it if the third argument is not "0". */
    record AddTime() implements LockScript {}

    /** Redlock for Node.js, version 5: all keys at once. */
    enum AllKeys implements LockScript {
        ACQUIRE,
        EXTEND,
        RELEASE
    }

    /** One run through the statements. */
    final class Walk {
        private final byte @Nullable [] current;
        private final byte[][] arguments;
        private Decision decision = Decision.NOTHING;

        private Walk(byte @Nullable [] current, byte[][] arguments) {
            this.current = current;
            this.arguments = arguments;
        }

        private boolean isReturned(List<Statement> statements) {
            for (Statement statement : statements) {
                if (statement instanceof Statement.Return end) {
                    if (end.act() != null) {
                        act(end.act());
                    }
                    decision = decision.replying(end.reply(), end.number());
                    return true;
                }
                if (statement instanceof Statement.Act act) {
                    act(act.what());
                } else if (statement instanceof Statement.If branches && isReturnedFrom(branches)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isReturnedFrom(Statement.If branches) {
            if (decision.action() != Action.NONE) {
                throw new IllegalArgumentException("looks again after it has acted");
            }
            for (Statement.Arm arm : branches.arms()) {
                Statement.Condition condition = arm.condition();
                if (condition == null || holds(condition)) {
                    return isReturned(arm.body());
                }
            }
            return false;
        }

        private boolean holds(Statement.Condition condition) {
            return switch (condition.test()) {
                case SAME -> Arrays.equals(current, argument(condition.argument()));
                case OTHER -> !Arrays.equals(current, argument(condition.argument()));
                case ABSENT -> current == null;
                case PRESENT -> current != null;
            };
        }

        private byte[] argument(int number) {
            if (number < 1 || number > arguments.length) {
                throw new IllegalArgumentException("argument " + number + " is missing");
            }
            return arguments[number - 1];
        }

        private void act(Decision act) {
            if (decision.action() != Action.NONE) {
                throw new IllegalArgumentException("acts twice");
            }
            if (act.timeArgument() > 0) {
                argument(act.timeArgument());
            }
            if (act.valueArgument() > 0) {
                argument(act.valueArgument());
            }
            decision = act;
        }
    }
}
