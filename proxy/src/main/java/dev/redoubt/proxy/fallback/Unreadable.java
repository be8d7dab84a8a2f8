package dev.redoubt.proxy.fallback;

/** Recorded bytes are not what they should be. Stackless: what was recorded is never worth a stack trace. */
final class Unreadable extends RuntimeException {
    static final Unreadable INSTANCE = new Unreadable();
    private static final long serialVersionUID = 1;

    private Unreadable() {
        super("not complete RESP frames", null, false, false);
    }
}
