package dev.redoubt.agent.option;

/** Options that cannot be followed; the message names all that is wrong, in one line. */
public final class WrongOptionsException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongOptionsException(String message) {
        super(message, null, false, false);
    }
}
