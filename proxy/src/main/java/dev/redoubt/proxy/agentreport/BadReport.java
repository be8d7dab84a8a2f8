package dev.redoubt.proxy.agentreport;

import java.io.Serial;

/** A report that cannot be taken. Its message says which part is wrong and what is allowed; it quotes nothing that was sent. */
public final class BadReport extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    BadReport(String message) {
        super(message, null, false, false);
    }
}
