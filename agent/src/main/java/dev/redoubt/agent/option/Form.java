package dev.redoubt.agent.option;

import org.jspecify.annotations.Nullable;

/** The form of a setting's value. Written without lambdas and patterns: an application that has no Redis client pays for what is loaded here. */
enum Form {
    /** Any text. */
    TEXT("text"),
    /** {@code true} or {@code false}. */
    FLAG("true or false"),
    /** {@code host:port}. */
    ADDRESS("host:port"),
    /** {@code host:port}, or {@code off}. */
    ADDRESS_OR_OFF("host:port, or off"),
    /** A whole number, or nothing. */
    COUNT_OR_NONE("a whole number"),
    /** A whole number with a unit. */
    DURATION("a time such as 500ms, 30s, 5m, 1h"),
    /** One of the choices that the setting names. */
    CHOICE("");

    private static final String[] UNITS = {"ms", "s", "m", "h"};
    private static final long[] UNIT_MILLIS = {1, 1000, 60_000, 3_600_000};
    private static final int MAX_PORT = 65535;
    private static final int MAX_DIGITS = 9;

    private final String allowed;

    Form(String allowed) {
        this.allowed = allowed;
    }

    String allowed() {
        return allowed;
    }

    boolean fits(String text, String choices) {
        switch (this) {
            case FLAG:
                return text.equals("true") || text.equals("false");
            case ADDRESS:
                return port(text) > 0;
            case ADDRESS_OR_OFF:
                return text.equals("off") || port(text) > 0;
            case COUNT_OR_NONE:
                return text.isEmpty() || number(text) >= 0;
            case DURATION:
                return millis(text) > 0;
            case CHOICE:
                return !text.isEmpty() && text.indexOf(' ') < 0 && (" " + choices + " ").contains(" " + text + " ");
            default:
                return true;
        }
    }

    /** The port behind the last colon, from 1 on; 0 where there is none, or no host before it. */
    static int port(String address) {
        int colon = address.lastIndexOf(':');
        long port = colon < 1 ? -1 : number(address.substring(colon + 1));
        return port < 1 || port > MAX_PORT ? 0 : (int) port;
    }

    /** The host before the last colon, without the brackets of an IPv6 address. */
    static String host(String address) {
        String host = address.substring(0, address.lastIndexOf(':'));
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Milliseconds; -1 for what is no time. */
    static long millis(String text) {
        String unit = unitOf(text);
        if (unit == null) {
            return -1;
        }
        long number = number(text.substring(0, text.length() - unit.length()));
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return number < 0 ? -1 : number * UNIT_MILLIS[i];
            }
        }
        return -1;
    }

    private static @Nullable String unitOf(String text) {
        for (String unit : UNITS) {
            if (text.endsWith(unit)) {
                return unit;
            }
        }
        return null;
    }

    /** The number; -1 for what is not one, has a sign or more than nine digits. */
    static long number(String digits) {
        if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }
}
