package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/**
 * Another version of a client library than the one on the class path: what begins with its package, and the scenarios, is loaded
 * from its jar and from the tests, everything else as usual.
 */
final class IsolatedLibrary extends URLClassLoader {
    private static final String SCENARIOS = "dev.redoubt.it.proxy.scenario.";

    private final String libraryPackage;

    private IsolatedLibrary(String libraryPackage, URL... jars) {
        super(jars, IsolatedLibrary.class.getClassLoader());
        this.libraryPackage = libraryPackage;
    }

    /** Runs a scenario with the jar that the build has copied; skips the test where there is no build. */
    static void run(String jar, String libraryPackage, Class<? extends IntConsumer> scenario, int port)
            throws IOException, ReflectiveOperationException {
        Path library = Path.of(System.getProperty("redoubt.older-clients", "target/older-clients"), jar);
        assumeTrue(Files.exists(library), library + " is missing: Maven copies it");
        URL tests = scenario.getProtectionDomain().getCodeSource().getLocation();
        try (IsolatedLibrary loader =
                new IsolatedLibrary(libraryPackage, library.toUri().toURL(), tests)) {
            loader.run(scenario, port);
        }
    }

    private void run(Class<? extends IntConsumer> scenario, int port) throws ReflectiveOperationException {
        IntConsumer isolated =
                (IntConsumer) loadClass(scenario.getName()).getConstructor().newInstance();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(this); // Lettuce looks classes of its own up there
        try {
            isolated.accept(port);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(libraryPackage) && !name.startsWith(SCENARIOS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
