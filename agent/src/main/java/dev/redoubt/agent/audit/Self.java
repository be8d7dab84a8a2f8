package dev.redoubt.agent.audit;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Which JVM this is, for whoever reads its report among others. Immutable. */
final class Self {
    private static final int MAX_TEXT = 200;
    private static final String UNKNOWN = "?";

    final String pid;
    final String reporter;
    final String process;
    final String agentVersion;
    final String javaVersion;
    final String mode;
    final long startedAtMillis;

    /** @param pid of the process; {@code ?} if it is not to be had */
    Self(
            String pid,
            String reporter,
            String program,
            String agentVersion,
            String javaVersion,
            String mode,
            long startedAtMillis) {
        this.pid = pid;
        this.reporter = reporter;
        this.process = Printable.of(pid + ' ' + program, MAX_TEXT);
        this.agentVersion = agentVersion;
        this.javaVersion = javaVersion;
        this.mode = mode;
        this.startedAtMillis = startedAtMillis;
    }

    static Self ofThisJvm(String mode, Ticker ticker) {
        String pid = pid();
        // Not java.util.UUID: its random numbers may wait for the machine's entropy, and load half of java.security.
        String chance = Long.toHexString(ticker.epochMillis()) + '-' + Long.toHexString(System.nanoTime());
        return new Self(
                pid,
                pid + '-' + chance,
                program(),
                version(),
                Printable.of(property("java.version"), MAX_TEXT),
                mode,
                ticker.epochMillis());
    }

    /** Asked of the system, as the JVM's own answer in Java 8 costs loading JMX. */
    private static String pid() {
        try {
            Class<?> handle = Class.forName("java.lang.ProcessHandle");
            Object current = handle.getMethod("current").invoke(null);
            return String.valueOf(handle.getMethod("pid").invoke(current));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return pidOfLinux();
        }
    }

    private static String pidOfLinux() {
        try {
            String name = new File("/proc/self").getCanonicalFile().getName();
            return name.matches("[0-9]+") ? name : UNKNOWN;
        } catch (IOException | RuntimeException e) {
            return UNKNOWN;
        }
    }

    /** The main class or the jar, without its arguments: those may be secret. */
    private static String program() {
        String command = property("sun.java.command");
        int end = command.indexOf(' ');
        String first = end < 0 ? command : command.substring(0, end);
        return first.isEmpty() ? UNKNOWN : first.substring(first.lastIndexOf('/') + 1);
    }

    /** As the jar's manifest has it: no package was defined with it. */
    private static String version() {
        CodeSource source = Self.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return UNKNOWN;
        }
        try (JarFile jar = new JarFile(new File(source.getLocation().toURI()))) {
            Manifest manifest = jar.getManifest();
            String version =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Name.IMPLEMENTATION_VERSION);
            return version == null ? UNKNOWN : Printable.of(version, MAX_TEXT);
        } catch (IOException | URISyntaxException | RuntimeException e) {
            return UNKNOWN;
        }
    }

    private static String property(String name) {
        try {
            String value = System.getProperty(name);
            return value == null ? "" : value;
        } catch (RuntimeException e) {
            return ""; // forbidden by a SecurityManager
        }
    }
}
