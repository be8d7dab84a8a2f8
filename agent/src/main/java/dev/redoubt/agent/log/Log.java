package dev.redoubt.agent.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The agent's own lines, each written at once, to standard error or to a file. No logging framework: one that is loaded before the application
 * has configured it may stay unconfigured. Thread-safe.
 */
public final class Log {
    private static final String PREFIX = "redoubt-agent: ";

    private final PrintStream out;
    private final boolean isQuiet;
    private final Set<String> said = Collections.synchronizedSet(new HashSet<String>());

    private Log(PrintStream out, boolean isQuiet) {
        this.out = out;
        this.isQuiet = isQuiet;
    }

    /** A log into a file, or to standard error if there is no name or the file cannot be written to. */
    public static Log open(String file, boolean isQuiet) {
        if (file.isEmpty()) {
            return new Log(System.err, isQuiet);
        }
        try {
            OutputStream out = new FileOutputStream(file, true);
            return new Log(new PrintStream(out, true, StandardCharsets.UTF_8.name()), isQuiet);
        } catch (IOException e) {
            Log log = new Log(System.err, isQuiet);
            log.warn("log=" + file + " cannot be written to (" + e.getMessage() + "): standard error instead");
            return log;
        }
    }

    /** Says what is going on. */
    public void say(String line) {
        if (!isQuiet) {
            write(line);
        }
    }

    /** Says what is wrong. */
    public void warn(String line) {
        write(line);
    }

    /** Says what is wrong, unless the same was said before. */
    public void warnOnce(String line) {
        if (said.add(line)) {
            write(line);
        }
    }

    private void write(String line) {
        out.println(PREFIX + line.replace('\n', ' ').replace('\r', ' '));
    }
}
