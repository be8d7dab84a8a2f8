package dev.redoubt.agent.option;

import java.util.Locale;
import java.util.Map;

/** The settings in force, all of them checked. Immutable. */
public final class Options {
    private final Map<Setting, String> texts;

    Options(Map<Setting, String> texts) {
        this.texts = texts;
    }

    /** The value as it was written, or the default. */
    public String text(Setting setting) {
        String text = texts.get(setting);
        return text == null ? setting.byDefault() : text;
    }

    /** The value of a setting that is true or false. */
    public boolean flag(Setting setting) {
        return text(setting).equals("true");
    }

    /** The value of a setting that is a time, in milliseconds. */
    public long millis(Setting setting) {
        return Form.millis(text(setting));
    }

    /** The value of a setting that is a number; -1 where there is none. */
    public long number(Setting setting) {
        return Form.number(text(setting));
    }

    /** The host of a setting that is an address. */
    public String host(Setting setting) {
        return Form.host(text(setting));
    }

    /** The port of a setting that is an address; 0 where it is {@code off}. */
    public int port(Setting setting) {
        return Form.port(text(setting));
    }

    /** What the agent does. */
    public Mode mode() {
        return Mode.valueOf(text(Setting.MODE).toUpperCase(Locale.ROOT));
    }
}
