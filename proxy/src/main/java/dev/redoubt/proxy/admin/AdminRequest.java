package dev.redoubt.proxy.admin;

import dev.redoubt.proxy.agentreport.ReportReader;

/**
 * What was asked over HTTP. Immutable.
 *
 * @param path without the query
 * @param contentType as the client named it, in lower case; empty if it did not
 * @param body as text, cut off at {@link #maxBodyBytes}; empty for GET
 * @param isCutOff whether the body was longer
 * @param isFromHere whether the client is on this machine
 */
record AdminRequest(String method, String path, String contentType, String body, boolean isCutOff, boolean isFromHere) {
    /** The longest word that is understood is much shorter. */
    private static final int MAX_WORD_BYTES = 64;

    AdminRequest(String method, String path, String body, boolean isFromHere) {
        this(method, path, "", body, false, isFromHere);
    }

    static AdminRequest get(String path) {
        return new AdminRequest("GET", path, "", true);
    }

    /** How much is read of what comes with a request for that path. */
    static int maxBodyBytes(String path) {
        return path.equals(AgentReportPage.PATH) ? ReportReader.MAX_BYTES : MAX_WORD_BYTES;
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
