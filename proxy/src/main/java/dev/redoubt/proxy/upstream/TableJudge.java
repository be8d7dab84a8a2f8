package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.Logged;
import dev.redoubt.proxy.command.Call;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.Delivery;
import dev.redoubt.proxy.command.DeliveryRules;
import dev.redoubt.proxy.command.HoldBudgetRules;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.command.Replays;
import dev.redoubt.proxy.command.Route;
import java.util.ArrayList;
import java.util.List;

/** Judges by the command table, and by what the user has chosen. Immutable. */
public record TableJudge(CommandTable table, DeliveryRules rules, HoldBudgetRules budgets) implements CommandJudge {
    /** By the table alone. */
    public TableJudge(CommandTable table) {
        this(table, DeliveryRules.NONE, HoldBudgetRules.NONE);
    }

    @Override
    public long holdBudgetNanos(Logged logged, long ofClient) {
        return budgets.isEmpty() ? ofClient : budgets.nanos(calls(logged)).orElse(ofClient);
    }

    @Override
    public Delivery delivery(HeldCommand held) {
        if (rules == DeliveryRules.NONE) {
            return Delivery.BY_CLASS;
        }
        List<Delivery> chosen = new ArrayList<>();
        held.forEachCommand(arguments -> {
            CommandSpec spec = table.find(arguments[0]);
            if (held.kind() == Entry.Kind.RUN || (spec != null && spec.route() != Route.TRANSACTION)) {
                chosen.add(spec == null ? Delivery.BY_CLASS : rules.of(spec, arguments));
            }
        });
        if (chosen.contains(Delivery.AT_MOST_ONCE)) {
            return Delivery.AT_MOST_ONCE;
        }
        return chosen.isEmpty() || chosen.contains(Delivery.BY_CLASS) ? Delivery.BY_CLASS : Delivery.AT_LEAST_ONCE;
    }

    @Override
    public ReplayClass replayClass(HeldCommand held) {
        return switch (held.kind()) {
            case RUN -> single(held.arguments());
            case UNIT -> unit(held);
            case STREAMED, ERROR -> ReplayClass.UNKNOWN;
        };
    }

    private ReplayClass single(byte[][] arguments) {
        CommandSpec spec = table.find(arguments[0]);
        return spec == null ? ReplayClass.UNKNOWN : Replays.replayClass(spec, arguments);
    }

    private ReplayClass unit(HeldCommand held) {
        List<Call> calls = calls(held);
        boolean known = !calls.isEmpty() || held.count() == 2;
        return known ? Replays.ofTransaction(calls) : ReplayClass.UNKNOWN;
    }

    @Override
    public List<Call> calls(Logged logged) {
        List<byte[][]> all = new ArrayList<>();
        logged.forEachCommand(all::add);
        List<byte[][]> inner = logged.kind() == Entry.Kind.UNIT ? all.subList(1, all.size() - 1) : all;
        List<Call> calls = new ArrayList<>();
        for (byte[][] arguments : inner) {
            CommandSpec spec = table.find(arguments[0]);
            if (spec == null) {
                return List.of();
            }
            calls.add(new Call(spec, arguments));
        }
        return calls;
    }
}
