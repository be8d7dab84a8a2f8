package dev.redoubt.proxy.command;

/** The command table in force: the built-in copy, until the upstream has told its own. Confined to the lane. */
public final class CommandCatalog {
    private CommandTable table;

    public CommandCatalog(CommandTable first) {
        this.table = first;
    }

    /** Not to be kept: another may take its place. */
    public CommandTable table() {
        return table;
    }

    /** From now on that one. */
    public void replace(CommandTable other) {
        table = other;
    }
}
