package dev.redoubt.agent.audit;

import org.jspecify.annotations.Nullable;

/** Writes JSON: no library may be loaded into the application for it. Whoever calls keeps objects and arrays balanced. Confined to one thread. */
final class Json {
    private static final int CONTROLS = 0x20;
    private static final int HEX = 16;

    private final StringBuilder out = new StringBuilder();
    private boolean needsComma;

    Json begin(char bracket) {
        comma();
        out.append(bracket);
        needsComma = false;
        return this;
    }

    Json end(char bracket) {
        out.append(bracket);
        needsComma = true;
        return this;
    }

    Json name(String name) {
        text(name);
        out.append(':');
        needsComma = false;
        return this;
    }

    Json text(@Nullable String value) {
        comma();
        if (value == null) {
            out.append("null");
        } else {
            quoted(value);
        }
        return this;
    }

    Json number(long value) {
        comma();
        out.append(value);
        return this;
    }

    /** NaN is null. */
    Json number(double value) {
        comma();
        if (Double.isNaN(value)) {
            out.append("null");
        } else {
            out.append(value);
        }
        return this;
    }

    Json flag(boolean value) {
        comma();
        out.append(value);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void comma() {
        if (needsComma) {
            out.append(',');
        }
        needsComma = true;
    }

    private void quoted(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < CONTROLS || Character.isSurrogate(c)) {
                escaped(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** Halves of a pair included, as one alone has no bytes in UTF-8. */
    private void escaped(char c) {
        String hex = Integer.toString(c, HEX);
        out.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
    }
}
