package dev.redoubt.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Loads and verifies the classes of a start on a thread of their own, while the main thread still reads the configuration: half of a start's time is the JVM's for classes. None is
 * initialized here, so nothing happens earlier or in another order than it would. Which classes: {@value #LIST}, written by {@code ./dev start-classes}; a name that is wrong there costs time and nothing else. See
 * {@code docs/decisions/0031-classes-ahead-of-their-use.md}.
 */
final class ClassesAhead {
    /** A resource beside this class: a name a line, in the order in which a start wants them. */
    static final String LIST = "start-classes.txt";

    private ClassesAhead() {}

    /** Begins, where there is a second processor to do it on, and returns at once. The thread ends by itself, and keeps no process alive. */
    static void begin() {
        if (Runtime.getRuntime().availableProcessors() > 1) {
            Thread thread = new Thread(ClassesAhead::loadAll, "redoubt-classes");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void loadAll() {
        for (String name : names()) {
            try {
                link(name);
            } catch (ClassNotFoundException | LinkageError e) {
                continue; // whoever needs it says so
            }
        }
    }

    /** Loads a class and verifies it, which asking for its constructors does; what stands in its static initializer waits for its first use. */
    static int link(String name) throws ClassNotFoundException {
        return Class.forName(name, false, ClassesAhead.class.getClassLoader()).getDeclaredConstructors().length;
    }

    /** The listed names; none in a build without the list. */
    static List<String> names() {
        InputStream list = ClassesAhead.class.getResourceAsStream(LIST);
        if (list == null) {
            return List.of();
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
