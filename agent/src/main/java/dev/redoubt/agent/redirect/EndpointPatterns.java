package dev.redoubt.agent.redirect;

import dev.redoubt.agent.observe.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which endpoints are redirected: patterns of {@code host:port}, separated by semicolons, in which a star stands for any text. One without a colon is of a
 * host. One that begins with an exclamation mark takes out again. Immutable.
 */
final class EndpointPatterns {
    private final List<String> in = new ArrayList<String>();
    private final List<String> out = new ArrayList<String>();

    EndpointPatterns(String patterns) {
        for (String pattern : patterns.toLowerCase(Locale.ROOT).split(";")) {
            String trimmed = pattern.trim();
            if (trimmed.startsWith("!")) {
                out.add(withPort(trimmed.substring(1)));
            } else if (!trimmed.isEmpty()) {
                in.add(withPort(trimmed));
            }
        }
        if (in.isEmpty()) {
            in.add("*");
        }
    }

    private static String withPort(String pattern) {
        return pattern.equals("*") || pattern.lastIndexOf(':') > pattern.lastIndexOf(']') ? pattern : pattern + ":*";
    }

    boolean match(Endpoint endpoint) {
        String text = (endpoint.host() + ":" + endpoint.port()).toLowerCase(Locale.ROOT);
        return isAny(in, text) && !isAny(out, text);
    }

    private static boolean isAny(List<String> patterns, String text) {
        for (String pattern : patterns) {
            if (matches(pattern, 0, text, 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        if (pattern.charAt(p) == '*') {
            return matches(pattern, p + 1, text, t) || t < text.length() && matches(pattern, p, text, t + 1);
        }
        return t < text.length() && pattern.charAt(p) == text.charAt(t) && matches(pattern, p + 1, text, t + 1);
    }
}
