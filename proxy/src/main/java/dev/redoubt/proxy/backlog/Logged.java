package dev.redoubt.proxy.backlog;

import java.util.function.Consumer;

/** One entry of a log, in it or taken out: what there is to be said about its commands. */
public interface Logged {
    Entry.Kind kind();

    /** Gives each of its commands' arguments to the visitor; MULTI and EXEC of a unit too. Nothing for an error. */
    void forEachCommand(Consumer<byte[][]> visitor);
}
