package dev.redoubt.agent.option;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Collects the settings: agent arguments before system properties, these before the environment, that before the file. Used once, by one thread. */
public final class OptionReader {
    private static final String PROPERTY_PREFIX = "redoubt.agent.";
    private static final String VARIABLE_PREFIX = "REDOUBT_AGENT_";

    private final Map<Setting, String> texts = new EnumMap<Setting, String>(Setting.class);
    private final StringBuilder problems = new StringBuilder();

    private OptionReader() {}

    /**
     * The settings in force.
     *
     * @param arguments what follows the agent's jar on the command line: {@code key=value}, separated by commas; null for nothing
     * @throws WrongOptionsException where any of them is unknown or has a value that is not allowed
     */
    public static Options read(@Nullable String arguments, Properties properties, Map<String, String> environment)
            throws WrongOptionsException {
        OptionReader reader = new OptionReader();
        reader.readArguments(arguments == null ? "" : arguments);
        reader.readProperties(properties, PROPERTY_PREFIX);
        reader.readEnvironment(environment);
        reader.readFile(reader.texts.get(Setting.CONFIG));
        if (reader.problems.length() > 0) {
            throw new WrongOptionsException(reader.problems.toString());
        }
        return new Options(reader.texts);
    }

    private void readArguments(String arguments) {
        int start = 0;
        while (start < arguments.length()) {
            int comma = arguments.indexOf(',', start);
            int end = comma < 0 ? arguments.length() : comma;
            String argument = arguments.substring(start, end).trim();
            int equals = argument.indexOf('=');
            if (equals < 0) {
                wrong("'" + argument + "' is not key=value");
            } else {
                take(
                        argument.substring(0, equals).trim(),
                        argument.substring(equals + 1).trim(),
                        "");
            }
            start = end + 1;
        }
    }

    private void readProperties(Properties properties, String prefix) {
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(prefix)) {
                take(
                        name.substring(prefix.length()),
                        properties.getProperty(name).trim(),
                        prefix);
            }
        }
    }

    private void readEnvironment(Map<String, String> environment) {
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getKey().startsWith(VARIABLE_PREFIX)
                    && !variable.getValue().isEmpty()) {
                takeVariable(variable.getKey(), variable.getValue().trim());
            }
        }
    }

    /** Both separators of keys are an underscore there. */
    private void takeVariable(String name, String text) {
        for (Setting setting : Setting.values()) {
            if (name.equals(VARIABLE_PREFIX + variableOf(setting))) {
                take(setting.key(), text, VARIABLE_PREFIX);
                return;
            }
        }
        wrong("no option " + name);
    }

    private static String variableOf(Setting setting) {
        return setting.key().replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private void readFile(@Nullable String path) {
        if (path == null || path.isEmpty()) {
            return;
        }
        Properties properties = new Properties();
        try (InputStream in = new FileInputStream(path)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            wrong("config=" + path + " cannot be read (" + e.getMessage() + ")");
        }
        readProperties(properties, "");
    }

    /** An earlier source wins, but a wrong value is wrong wherever it is. */
    private void take(String key, String text, String prefix) {
        Setting setting = Setting.byKey(key);
        if (setting == null) {
            wrong("no option " + prefix + key);
        } else if (setting == Setting.MODE && text.equals("share")) {
            wrong("mode=share is not there yet (connections that are shared inside the JVM); " + setting.allowed());
        } else if (!setting.allows(text)) {
            wrong(key + "=" + text + ": " + setting.allowed());
        } else if (!texts.containsKey(setting)) {
            texts.put(setting, text);
        }
    }

    private void wrong(String problem) {
        problems.append(problems.length() == 0 ? "" : "; ").append(problem);
    }
}
