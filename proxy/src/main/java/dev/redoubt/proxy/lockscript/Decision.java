package dev.redoubt.proxy.lockscript;

/**
 * What a script does where the key holds what it holds. Immutable.
 *
 * @param valueArgument of {@link Action#SET}: the argument, from 1 on, that is the new value
 * @param timeArgument of SET and EXPIRE: the argument that is the time
 * @param timeUnitMillis what that time counts
 */
public record Decision(
        Action action, int valueArgument, int timeArgument, int timeUnitMillis, Reply reply, long number) {
    /** What becomes of the key. */
    public enum Action {
        NONE,
        DELETE,
        EXPIRE,
        SET
    }

    /** What the client gets. */
    public enum Reply {
        NIL,
        /** {@link #number}. */
        INTEGER,
        /** That of the action, as the command gives it. */
        OF_ACTION
    }

    static final Decision NOTHING = new Decision(Action.NONE, 0, 0, 0, Reply.NIL, 0);

    Decision replying(Reply other, long number) {
        return new Decision(action, valueArgument, timeArgument, timeUnitMillis, other, number);
    }
}
