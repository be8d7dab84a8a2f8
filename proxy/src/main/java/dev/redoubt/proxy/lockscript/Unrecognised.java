package dev.redoubt.proxy.lockscript;

/** A script that is none of those around locks. Stackless, as it is expected. */
final class Unrecognised extends RuntimeException {
    static final Unrecognised INSTANCE = new Unrecognised();
    private static final long serialVersionUID = 1;

    private Unrecognised() {
        super("not a script around a lock", null, false, false);
    }
}
