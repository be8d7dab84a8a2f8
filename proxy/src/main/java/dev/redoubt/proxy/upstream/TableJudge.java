package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.command.Call;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.command.Replays;
import java.util.ArrayList;
import java.util.List;

/** Judges by the command table. Immutable. */
public record TableJudge(CommandTable table) implements CommandJudge {
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
        List<byte[][]> all = new ArrayList<>();
        held.forEachCommand(all::add);
        List<Call> calls = new ArrayList<>();
        for (byte[][] arguments : all.subList(1, all.size() - 1)) {
            CommandSpec spec = table.find(arguments[0]);
            if (spec == null) {
                return ReplayClass.UNKNOWN;
            }
            calls.add(new Call(spec, arguments));
        }
        return Replays.ofTransaction(calls);
    }
}
