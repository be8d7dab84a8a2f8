package dev.redoubt.proxy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.redoubt.proxy.config.LogLevel;
import org.slf4j.LoggerFactory;

/** The least severe lines that are logged, while the proxy runs. Thread-safe. */
public final class LevelSwitch {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    public LogLevel level() {
        return LogLevel.valueOf(root.getLevel().levelStr);
    }

    /** In force from the next line on, until the proxy ends or somebody changes it again. */
    public void set(LogLevel level) {
        root.setLevel(Level.toLevel(level.name()));
    }
}
