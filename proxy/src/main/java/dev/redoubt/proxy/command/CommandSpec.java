package dev.redoubt.proxy.command;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one command or subcommand. Immutable.
 *
 * <p>A container (CLIENT, CONFIG) is a spec with subcommands; what counts for a call of it is {@link #of(byte[][])}.
 */
public final class CommandSpec {
    private final String name;
    private final CommandFacts facts;
    private final CommandTreatment treatment;
    private final Map<String, CommandSpec> subcommands;
    private final @Nullable CommandIndex<CommandSpec> subcommandIndex;
    private final Route route;
    private final boolean argumentsDecideRoute;

    /** @param subcommands by simple lower-case name; empty for a command that is no container */
    CommandSpec(String name, CommandFacts facts, CommandTreatment treatment, Map<String, CommandSpec> subcommands) {
        this.name = name;
        this.facts = facts;
        this.treatment = treatment;
        this.subcommands = subcommands;
        this.subcommandIndex = subcommands.isEmpty() ? null : new CommandIndex<>(subcommands);
        this.route = treatment.route();
        this.argumentsDecideRoute = treatment.routeRule() != null || anyLeaves(route, subcommands.values());
    }

    /** Lower case; a subcommand's with its container's: {@code client|kill}, as in COMMAND. */
    public String name() {
        return name;
    }

    /** The route; not the last word where {@link #argumentsDecideRoute()}. */
    public Route route() {
        return route;
    }

    /** False for a command that always takes the same route, whatever its arguments or subcommand. */
    public boolean argumentsDecideRoute() {
        return argumentsDecideRoute;
    }

    /** The route of this call, its name among the arguments. An unknown subcommand is Redis's to answer. */
    public Route route(byte[][] args) {
        CommandSpec spec = of(args);
        RouteRule rule = spec.treatment.routeRule();
        return rule == null ? spec.route : rule.decide(args);
    }

    /** The subcommand's spec if this is a container that knows it, else this. */
    public CommandSpec of(byte[][] args) {
        CommandSpec subcommand = args.length > 1 ? subcommand(args[1]) : null;
        return subcommand == null ? this : subcommand;
    }

    /** By simple name in any case. */
    public @Nullable CommandSpec subcommand(byte[] simpleName) {
        return subcommandIndex == null ? null : subcommandIndex.find(simpleName);
    }

    public boolean isContainer() {
        return !subcommands.isEmpty();
    }

    /** Empty if this is no container. */
    public Collection<CommandSpec> subcommands() {
        return subcommands.values();
    }

    /** Number of arguments with the name; negative: at least so many. */
    public int arity() {
        return facts.arity();
    }

    /** @param count with the name */
    public boolean acceptsArgumentCount(int count) {
        return facts.arity() >= 0 ? count == facts.arity() : count >= -facts.arity();
    }

    public boolean has(CommandFlag flag) {
        return (facts.flags() & flag.bit()) != 0;
    }

    /** Position of the first key as COMMAND gives it, 0 for none; see {@link Keys} for those of a call. */
    public int firstKey() {
        return facts.keys().first();
    }

    /** Position of the last key as COMMAND gives it; negative: from the end. */
    public int lastKey() {
        return facts.keys().last();
    }

    /** Distance between keys as COMMAND gives it. */
    public int keyStep() {
        return facts.keys().step();
    }

    /** The replay class, or null where the arguments decide; {@link Replays} has the class of a call. For documentation. */
    public @Nullable ReplayClass fixedReplayClass() {
        return treatment.replayRule() == null ? treatment.replayClass() : null;
    }

    /** What can answer it while Redis is away; for a container ask the subcommand's. */
    public Fallback fallback() {
        return treatment.fallback();
    }

    /** The version that brought it: {@code 7.0}, {@code valkey-8.0}; empty for a command that only the upstream knows. */
    public String since() {
        return treatment.since();
    }

    /** Whether a server at hand could prove what the table says; what it could not is treated as in doubt. */
    public boolean isProven() {
        return treatment.proven();
    }

    /** False after a merge with an upstream that does not have the command: too old, too new, or disabled there. */
    public boolean isOffered() {
        return facts.offered();
    }

    @Override
    public String toString() {
        return name;
    }

    private static boolean anyLeaves(Route route, Collection<CommandSpec> subcommands) {
        for (CommandSpec subcommand : subcommands) {
            if (subcommand.argumentsDecideRoute || subcommand.route != route) {
                return true;
            }
        }
        return false;
    }

    CommandFacts facts() {
        return facts;
    }

    CommandTreatment treatment() {
        return treatment;
    }

    Map<String, CommandSpec> subcommandsByName() {
        return subcommands;
    }
}
