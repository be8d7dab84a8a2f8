package dev.redoubt.proxy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names that applications use already. {@code REDIS_URL} comes before {@code REDIS_HOST} and {@code REDIS_PORT}; user,
 * password and database fill in what the URL leaves out. Stateless.
 */
final class ApplicationNames {
    private ApplicationNames() {}

    /** Which of them to read: none of the upstream's parts if its URL was given elsewhere, so that no password goes astray. */
    static List<RawValue> read(Map<String, String> environment, List<Problem> problems) {
        List<RawValue> values = new ArrayList<>();
        String url = given(environment, "REDIS_URL");
        if (url != null) {
            values.add(value(MainSetting.UPSTREAM_URL, url, "REDIS_URL"));
        } else {
            hostAndPort(environment, values, problems);
        }
        boolean urlHasUser = url != null && url.contains("@");
        if (!urlHasUser) {
            part(environment, "REDIS_USERNAME", UpstreamSetting.USERNAME, values);
            part(environment, "REDIS_PASSWORD", UpstreamSetting.PASSWORD, values);
            part(environment, "REDIS_PASSWORD_FILE", UpstreamSetting.PASSWORD_FILE, values);
        }
        if (url == null || !namesDatabase(url)) {
            part(environment, "REDIS_DB", UpstreamSetting.DB, values);
        }
        part(environment, "REDIS_DISABLED", UpstreamSetting.DISABLED, values);
        return values;
    }

    private static boolean namesDatabase(String url) {
        try {
            return RedisUrl.parse(url).db() != null;
        } catch (BadValue e) {
            return true; // it is reported as it stands; REDIS_DB would only add noise
        }
    }

    private static void hostAndPort(Map<String, String> environment, List<RawValue> values, List<Problem> problems) {
        String host = given(environment, "REDIS_HOST");
        String port = given(environment, "REDIS_PORT");
        if (port != null && port.contains("://")) {
            port = null; // injected by Kubernetes or Docker for a service named "redis", not meant by anybody
        }
        if (port != null && !isPort(port)) {
            problems.add(new Problem("REDIS_PORT", port, "environment", "is not a port; allowed: 1 to 65535"));
            return;
        }
        if (host != null || port != null) {
            String place =
                    host == null ? "localhost" : host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
            String text = place + ":" + (port == null ? RedisUrl.DEFAULT_PORT : port);
            values.add(value(MainSetting.UPSTREAM_URL, text, host == null ? "REDIS_PORT" : "REDIS_HOST"));
        }
    }

    private static boolean isPort(String text) {
        try {
            return HostPort.port(text) > 0;
        } catch (BadValue e) {
            return false;
        }
    }

    private static void part(Map<String, String> environment, String name, Setting setting, List<RawValue> values) {
        String text = given(environment, name);
        if (text != null) {
            values.add(value(setting, text, name));
        }
    }

    private static @Nullable String given(Map<String, String> environment, String name) {
        String text = environment.get(name);
        return text == null || text.isEmpty() ? null : text;
    }

    private static RawValue value(Setting setting, String text, String name) {
        return new RawValue(setting, List.of(text), new Source(Source.Rank.APPLICATION, name));
    }
}
