package dev.redoubt.proxy.sim;

/** A state in which the model refuses commands, in Redis's words. */
enum Refused {
    NOREPLICAS("NOREPLICAS Not enough good replicas to write.", true),
    READONLY("READONLY You can't write against a read only replica.", true),
    BUSY("BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.", false),
    TRYAGAIN("TRYAGAIN Multiple keys request during rehashing of slot", false);

    private final String error;
    private final boolean writesOnly;

    Refused(String error, boolean writesOnly) {
        this.error = error;
        this.writesOnly = writesOnly;
    }

    String error() {
        return error;
    }

    /** Whether reads are answered. */
    boolean isWritesOnly() {
        return writesOnly;
    }
}
