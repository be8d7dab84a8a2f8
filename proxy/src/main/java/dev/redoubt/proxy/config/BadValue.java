package dev.redoubt.proxy.config;

/** A text that is no value of its setting: the message says why. Expected trouble, so it has no stack. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    BadValue(String message) {
        super(message, null, false, false);
    }
}
