package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.upstream.CommandJudge;
import dev.redoubt.proxy.upstream.TableJudge;

/** The judge, or one that is wrong where the mutant says so. */
final class MutantJudge {
    private MutantJudge() {}

    static CommandJudge of(CommandTable table, Mutant mutant) {
        CommandJudge judge = new TableJudge(table);
        return switch (mutant) {
            case JUDGE_CALLS_WRITES_READS -> held -> ReplayClass.READ;
            case JUDGE_CALLS_SET_UNKNOWN ->
                held -> {
                    ReplayClass right = judge.replayClass(held);
                    return right == ReplayClass.LAST_WINS ? ReplayClass.UNKNOWN : right;
                };
            default -> judge;
        };
    }
}
