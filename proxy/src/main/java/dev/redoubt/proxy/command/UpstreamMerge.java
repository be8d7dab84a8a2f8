package dev.redoubt.proxy.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays an upstream's COMMAND reply over the commands that are known here. */
final class UpstreamMerge {
    private UpstreamMerge() {}

    static Map<String, CommandSpec> merge(Map<String, CommandSpec> known, List<UpstreamCommand> upstream) {
        Map<String, CommandSpec> merged = new LinkedHashMap<>();
        known.forEach((name, spec) -> merged.put(name, withdrawn(spec)));
        for (UpstreamCommand command : upstream) {
            String name = command.name().toLowerCase(Locale.ROOT);
            merged.put(name, merge(known.get(name), command));
        }
        return merged;
    }

    private static CommandSpec merge(@Nullable CommandSpec known, UpstreamCommand upstream) {
        String name = upstream.name().toLowerCase(Locale.ROOT);
        Map<String, CommandSpec> subcommands = subcommands(known, upstream);
        if (known == null) {
            boolean blocking = upstream.flags().contains(CommandFlag.BLOCKING.word());
            KeyPattern keys = KeyPattern.ofStranger(
                    upstream.firstKey(), upstream.lastKey(), upstream.keyStep(), upstream.hasMovableKeys());
            return new CommandSpec(name, facts(upstream, keys), CommandTreatment.ofStranger(blocking), subcommands);
        }
        KeyPattern keys = known.facts()
                .keys()
                .orUpstream(upstream.firstKey(), upstream.lastKey(), upstream.keyStep(), upstream.hasMovableKeys());
        return new CommandSpec(name, facts(upstream, keys), known.treatment(), subcommands);
    }

    /** Below 7.0 the server does not tell subcommands: ours stay as they are, and it checks their arity when it runs them. */
    private static Map<String, CommandSpec> subcommands(@Nullable CommandSpec known, UpstreamCommand upstream) {
        Map<String, CommandSpec> ours = known == null ? Map.of() : known.subcommandsByName();
        if (upstream.subcommands().isEmpty()) {
            return ours;
        }
        Map<String, CommandSpec> merged = new LinkedHashMap<>();
        ours.forEach((name, spec) -> merged.put(name, withdrawn(spec)));
        for (UpstreamCommand subcommand : upstream.subcommands()) {
            String name = subcommand.simpleName().toLowerCase(Locale.ROOT);
            merged.put(name, merge(ours.get(name), subcommand));
        }
        return merged;
    }

    private static CommandSpec withdrawn(CommandSpec spec) {
        return new CommandSpec(spec.name(), spec.facts().withdrawn(), spec.treatment(), spec.subcommandsByName());
    }

    private static CommandFacts facts(UpstreamCommand upstream, KeyPattern keys) {
        return new CommandFacts(upstream.arity(), upstream.flagBits(), keys, true);
    }
}
