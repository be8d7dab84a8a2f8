package dev.redoubt.proxy.listen;

/** A Unix socket cannot be listened on, for the reason that the message tells. Expected trouble, so it has no stack. */
public final class SocketTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    SocketTrouble(String message, Throwable cause) {
        super(message, cause, false, false);
    }

    SocketTrouble(String message) {
        super(message, null, false, false);
    }
}
