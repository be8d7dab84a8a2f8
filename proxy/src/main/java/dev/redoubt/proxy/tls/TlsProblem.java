package dev.redoubt.proxy.tls;

/** The files of TLS are not usable: the message names the file and says why. Expected trouble, so it has no stack. */
public final class TlsProblem extends Exception {
    private static final long serialVersionUID = 1L;

    TlsProblem(String message) {
        super(message, null, false, false);
    }

    TlsProblem(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause, false, false);
    }
}
