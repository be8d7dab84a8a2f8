package dev.redoubt.proxy.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where the command line reads and writes. Immutable.
 *
 * @param isInteractive whether a person types, so that a prompt makes sense
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean isInteractive) {
    /** The process's own. */
    public static Terminal ofProcess() {
        return new Terminal(System.in, System.out, System.err, System.console() != null);
    }
}
