package dev.redoubt.proxy.tls;

import java.io.IOException;

/** A connection with TLS is lost, for a reason that people understand. Expected trouble, so it has no stack. */
final class TlsLost extends IOException {
    private static final long serialVersionUID = 1L;

    TlsLost(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
