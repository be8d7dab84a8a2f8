package dev.redoubt.proxy.lockscript;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into words: names, numbers, strings (which begin with a quote here, whichever they had), and symbols. Comments
 * and layout are gone. Used once.
 */
final class LuaTokens {
    private static final List<String> LONG_SYMBOLS = List.of("==", "~=", "..");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private LuaTokens(String text) {
        this.text = text;
    }

    /** @throws Unrecognised if there is anything that locks do not need */
    static List<String> of(String text) {
        LuaTokens reader = new LuaTokens(text);
        while (reader.at < text.length()) {
            reader.next();
        }
        return reader.tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("--", at)) {
            skipComment();
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (isWordPart(c)) {
            word();
        } else {
            symbol();
        }
    }

    private void skipComment() {
        if (text.startsWith("--[", at)) {
            throw Unrecognised.INSTANCE;
        }
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    private void string(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw Unrecognised.INSTANCE;
        }
        tokens.add("'" + text.substring(at + 1, end));
        at = end + 1;
    }

    private void word() {
        int from = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        tokens.add(text.substring(from, at));
    }

    private static boolean isWordPart(char c) {
        return c == '_' || c < 128 && Character.isLetterOrDigit(c);
    }

    private void symbol() {
        for (String symbol : LONG_SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                tokens.add(symbol);
                at += symbol.length();
                return;
            }
        }
        if ("()[]{},.=+-#;<>".indexOf(text.charAt(at)) < 0) {
            throw Unrecognised.INSTANCE;
        }
        tokens.add(text.substring(at, ++at));
    }
}
