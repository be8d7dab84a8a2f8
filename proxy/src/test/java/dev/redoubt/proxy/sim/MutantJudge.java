package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.Logged;
import dev.redoubt.proxy.command.Call;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.upstream.CommandJudge;
import dev.redoubt.proxy.upstream.TableJudge;
import java.util.List;
import java.util.function.UnaryOperator;

/** A judge that is wrong about classes. */
record MutantJudge(CommandJudge judge, UnaryOperator<ReplayClass> lie) implements CommandJudge {
    /** The judge, or one that is wrong where the mutant says so. */
    static CommandJudge of(CommandTable table, Mutant mutant) {
        CommandJudge judge = new TableJudge(table);
        return switch (mutant) {
            case JUDGE_CALLS_WRITES_READS -> new MutantJudge(judge, right -> ReplayClass.READ);
            case JUDGE_CALLS_SET_UNKNOWN ->
                new MutantJudge(judge, right -> right == ReplayClass.LAST_WINS ? ReplayClass.UNKNOWN : right);
            default -> judge;
        };
    }

    @Override
    public ReplayClass replayClass(HeldCommand held) {
        return lie.apply(judge.replayClass(held));
    }

    @Override
    public List<Call> calls(Logged logged) {
        return judge.calls(logged);
    }
}
