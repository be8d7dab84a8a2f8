package dev.redoubt.proxy.log;

import dev.redoubt.proxy.config.LogFormat;
import dev.redoubt.proxy.config.ProcessSetting;
import dev.redoubt.proxy.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Tells {@link LogAppenders}, by system properties, how lines are to look. They are read with the first logger: before that this must have been called. Stateless. */
public final class LogSetup {
    static final String APPENDER = "REDOUBT_LOG_APPENDER";
    static final String PLAIN = "TERMINAL";
    static final String COLOURED = "COLOURED";
    static final String JSON = "JSON";

    /** SLF4J's own: what to use without a search. */
    private static final String PROVIDER = "slf4j.provider";
    /** Else it says on standard error that it does so, whatever form the lines there shall have. */
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private static final int FILE_TYPE = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;

    private LogSetup() {}

    /** @param environment where NO_COLOR and TERM say that colours are not wanted */
    public static void of(Settings settings, Map<String, String> environment) {
        System.setProperty(
                ProcessSetting.LOG_LEVEL.environmentName(), settings.logLevel().name());
        if (System.getProperty("logback.configurationFile") == null) { // Logback says what is wrong with it
            setUnlessGiven(PROVIDER, LogProvider.class.getName());
        }
        setUnlessGiven(VERBOSITY, "WARN");
        System.setProperty(APPENDER, appender(settings.logFormat(), environment, isTerminal(Path.of("/dev/fd/2"))));
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** One of the three. NO_COLOR, with any text, is how programs are told; see no-color.org. */
    static String appender(LogFormat format, Map<String, String> environment, boolean isTerminal) {
        if (format == LogFormat.JSON) {
            return JSON;
        }
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return isTerminal && !unwanted ? COLOURED : PLAIN;
    }

    /**
     * Whether a descriptor leads to a device for characters, as a terminal is one, and not to a file or a pipe. Java's own
     * console tells of standard input and output only, while the log goes to standard error. False where there is no such path (Windows).
     */
    static boolean isTerminal(Path descriptor) {
        try {
            int mode = (Integer) Files.getAttribute(descriptor, "unix:mode");
            return (mode & FILE_TYPE) == CHARACTER_DEVICE;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
