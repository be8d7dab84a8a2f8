package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.Logged;
import dev.redoubt.proxy.command.Call;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.Delivery;
import dev.redoubt.proxy.command.HoldBudgetRules;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.upstream.CommandJudge;
import dev.redoubt.proxy.upstream.TableJudge;
import java.util.List;
import java.util.function.UnaryOperator;

/** A judge that is wrong about classes, or deaf to what its user has chosen. */
record MutantJudge(CommandJudge judge, UnaryOperator<ReplayClass> lie, UnaryOperator<Delivery> deafness)
        implements CommandJudge {
    /** The judge, or one that is wrong where the mutant says so. */
    static CommandJudge of(CommandTable table, Choices choices, Mutant mutant) {
        CommandJudge judge = new TableJudge(table, choices.rules(), HoldBudgetRules.NONE);
        UnaryOperator<Delivery> hears = UnaryOperator.identity();
        return switch (mutant) {
            case JUDGE_CALLS_WRITES_READS -> new MutantJudge(judge, right -> ReplayClass.READ, hears);
            case JUDGE_CALLS_SET_UNKNOWN ->
                new MutantJudge(judge, right -> right == ReplayClass.LAST_WINS ? ReplayClass.UNKNOWN : right, hears);
            case AT_MOST_ONCE_IS_FORGOTTEN -> forgets(judge, Delivery.AT_MOST_ONCE);
            case AT_LEAST_ONCE_IS_FORGOTTEN -> forgets(judge, Delivery.AT_LEAST_ONCE);
            default -> judge;
        };
    }

    private static CommandJudge forgets(CommandJudge judge, Delivery forgotten) {
        return new MutantJudge(
                judge, UnaryOperator.identity(), chosen -> chosen == forgotten ? Delivery.BY_CLASS : chosen);
    }

    @Override
    public Delivery delivery(HeldCommand held) {
        return deafness.apply(judge.delivery(held));
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
