package dev.redoubt.it.oracle;

import java.util.ArrayList;
import java.util.List;

/** Reads a list as Tcl writes it: elements bare, in braces or in quotes. Confined to one call. */
final class TclList {
    private final String text;
    private int at;

    private TclList(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if it is none */
    static List<String> parse(String text) {
        TclList list = new TclList(text);
        List<String> elements = new ArrayList<>();
        while (list.skipSpace()) {
            elements.add(list.element());
        }
        return elements;
    }

    private boolean skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private String element() {
        String element = switch (text.charAt(at)) {
            case '{' -> braced();
            case '"' -> quoted();
            default -> bare();
        };
        if (at < text.length() && !isSpace(text.charAt(at))) {
            throw new IllegalArgumentException("no space at " + at + " of the list " + text);
        }
        return element;
    }

    /** As it stands, but that backslashes keep braces from being counted. */
    private String braced() {
        int start = ++at;
        for (int depth = 1; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '\\' -> at++;
                case '{' -> depth++;
                case '}' -> depth--;
                default -> {}
            }
            if (depth == 0) {
                return text.substring(start, at++);
            }
        }
        throw new IllegalArgumentException("no closing brace in the list " + text);
    }

    private String quoted() {
        StringBuilder out = new StringBuilder();
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) == '"') {
                at++;
                return out.toString();
            }
            out.append(character());
        }
        throw new IllegalArgumentException("no closing quote in the list " + text);
    }

    private String bare() {
        StringBuilder out = new StringBuilder();
        for (; at < text.length() && !isSpace(text.charAt(at)); at++) {
            out.append(character());
        }
        return out.toString();
    }

    /** The character here, or what the backslash here and the character after it mean. */
    private char character() {
        char c = text.charAt(at);
        if (c != '\\' || at + 1 == text.length()) {
            return c;
        }
        char escaped = text.charAt(++at);
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> '\u000b';
            default -> escaped;
        };
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
