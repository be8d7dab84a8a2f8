package dev.redoubt.proxy.command;

/**
 * What Redis says about a command.
 *
 * @param arity number of arguments with the name; negative: at least so many
 * @param flags bits of {@link CommandFlag}
 * @param offered whether the server has it; true for all in the built-in copy
 */
record CommandFacts(int arity, int flags, KeyPattern keys, boolean offered) {

    CommandFacts withdrawn() {
        return new CommandFacts(arity, flags, keys, false);
    }
}
