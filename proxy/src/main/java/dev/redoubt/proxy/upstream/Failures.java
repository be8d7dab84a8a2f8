package dev.redoubt.proxy.upstream;

/** The stable errors of the outage ladder: a code, what happened, what to do. docs/errors.md explains them at length. */
public final class Failures {
    private Failures() {}

    /** Held to the end of its budget; not applied. */
    public static String unavailable(String upstream, String lastError) {
        return "UNAVAILABLE Redis at " + upstream + " could not be reached in time (" + lastError
                + "); the command was not applied, it is safe to try again";
    }

    /** A read that was lost on its way, behind which its client has written what it reads: a second run would show that. */
    public static String readOvertaken() {
        return "UNAVAILABLE the connection to Redis was lost before this was answered, and a later command of this client may have changed what it reads;"
                + " nothing was changed by it, it is safe to try again";
    }

    /** Whether an error says that the command was not applied, as it was never sent. */
    public static boolean isUnavailable(String error) {
        return error.startsWith("UNAVAILABLE ");
    }

    /** Whether an error is Redis's own, of a script that runs beyond its time limit. */
    public static boolean isBusy(String error) {
        return error.startsWith("BUSY ");
    }

    /** Refused because the backlog is full; not applied. */
    public static String backlogFull() {
        return "BACKLOGFULL Redis is away and the backlog is full; the command was not applied, try again later";
    }

    /** May have been applied; not repeated. */
    public static String inDoubt() {
        return "INDOUBT the connection to Redis was lost after the command was sent; it may have been applied and was not repeated: "
                + "read the key before you try again";
    }

    /** The iteration cannot go on: the server run that it belonged to is gone. */
    public static String cursorLost() {
        return "CURSORLOST Redis was restarted during the iteration; start again with cursor 0";
    }
}
