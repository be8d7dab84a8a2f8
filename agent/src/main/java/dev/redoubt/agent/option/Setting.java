package dev.redoubt.agent.option;

import org.jspecify.annotations.Nullable;

/**
 * What the agent can be told. The key is that of an agent argument; with {@code redoubt.agent.} before it, of a system property; and as
 * {@code REDOUBT_AGENT_ON_PROXY_DOWN}, of the environment.
 */
public enum Setting {
    MODE("mode", "redirect", Form.CHOICE, "redirect observe off"),
    PROXY("proxy", "127.0.0.1:6380", Form.ADDRESS, ""),
    /** Patterns of {@code host:port}, separated by semicolons; one that begins with an exclamation mark takes out again. */
    ENDPOINTS("endpoints", "*;!*:26379", Form.TEXT, ""),
    ON_PROXY_DOWN("on-proxy-down", "fail", Form.CHOICE, "fail direct"),
    CREDENTIALS("credentials", "pass", Form.CHOICE, "pass strip"),
    /** A file of settings, in the format of {@link java.util.Properties}. */
    CONFIG("config", "", Form.TEXT, ""),
    /** A file for the agent's own lines; standard error without one. */
    LOG("log", "", Form.TEXT, ""),
    /** No lines but those about what is wrong. */
    QUIET("quiet", "false", Form.FLAG, ""),
    /** When the report on the clients' construction is written. */
    REPORT("report", "none", Form.CHOICE, "none exit interval both"),
    REPORT_INTERVAL("report.interval", "60s", Form.DURATION, ""),
    REPORT_FORMAT("report.format", "text", Form.CHOICE, "text json"),
    /** Standard error without one. */
    REPORT_FILE("report.file", "", Form.TEXT, ""),
    /** More clients than these that were never closed make the JVM exit with an error. */
    REPORT_FAIL_OVER("report.fail-over", "", Form.COUNT_OR_NONE, ""),
    /** A file that asks for a report by being there, and is deleted when that is written. */
    REPORT_REQUEST("report.request", "", Form.TEXT, ""),
    DRY_RUN("dry-run", "false", Form.FLAG, ""),
    /** The proxy's admin address, for the report. */
    ADMIN("admin", "127.0.0.1:8380", Form.ADDRESS_OR_OFF, ""),
    /** Whether connections without a name get that of the line that constructed their client. */
    NAME_CONNECTIONS("name-connections", "true", Form.FLAG, "");

    private final String key;
    private final String byDefault;
    private final Form form;
    private final String choices;

    Setting(String key, String byDefault, Form form, String choices) {
        this.key = key;
        this.byDefault = byDefault;
        this.form = form;
        this.choices = choices;
    }

    /** The key, as in agent arguments. */
    public String key() {
        return key;
    }

    /** The value where nothing else is said. */
    public String byDefault() {
        return byDefault;
    }

    boolean allows(String text) {
        return form.fits(text, choices);
    }

    String allowed() {
        return form == Form.CHOICE ? "one of: " + choices : form.allowed();
    }

    static @Nullable Setting byKey(String key) {
        for (Setting setting : values()) {
            if (setting.key.equals(key)) {
                return setting;
            }
        }
        return null;
    }
}
