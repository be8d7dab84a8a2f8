package dev.redoubt.proxy.command;

import java.util.List;

/**
 * One entry of an upstream's COMMAND reply.
 *
 * @param name lower case; a subcommand's with its container's: {@code client|kill}
 * @param flags as the server spells them
 * @param subcommands empty below Redis 7.0, which does not tell them
 */
public record UpstreamCommand(
        String name,
        int arity,
        List<String> flags,
        int firstKey,
        int lastKey,
        int keyStep,
        List<UpstreamCommand> subcommands) {

    public UpstreamCommand {
        flags = List.copyOf(flags);
        subcommands = List.copyOf(subcommands);
    }

    int flagBits() {
        return flags.stream().mapToInt(CommandFlag::bitOf).reduce(0, (some, more) -> some | more);
    }

    boolean hasMovableKeys() {
        return flags.contains(CommandFlag.MOVABLEKEYS.word());
    }

    /** {@code kill} of {@code client|kill}. */
    String simpleName() {
        return name.substring(name.indexOf('|') + 1);
    }
}
