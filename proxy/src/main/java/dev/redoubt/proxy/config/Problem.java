package dev.redoubt.proxy.config;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with the configuration, in a line for people. Immutable.
 *
 * @param subject the setting's key, or the name that is no setting
 * @param value as given, secrets masked; null if there is none to show
 * @param source where it was given; null if it was not
 * @param message what is wrong, what is allowed
 */
public record Problem(
        String subject, @Nullable String value, @Nullable String source, String message) {

    static Problem with(RawValue raw, String message) {
        return new Problem(raw.setting().key(), raw.shown(), raw.source().shown(), message);
    }

    /** A name that no setting has; its value is not shown, as it may be a misspelt password's. */
    public static Problem unknown(String name, String source, @Nullable String suggestion) {
        String hint = suggestion == null ? "" : "; did you mean " + suggestion + "?";
        return new Problem(name, null, source, "is no setting" + hint);
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(subject);
        if (value != null) {
            line.append(" = \"").append(value).append('"');
        }
        if (source != null) {
            line.append(" (").append(source).append(')');
        }
        return line.append(' ').append(message).toString();
    }
}
