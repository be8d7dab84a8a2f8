package dev.redoubt.proxy.admin;

/**
 * What was asked over HTTP. Immutable.
 *
 * @param path without the query
 * @param body as text, cut off at {@link #MAX_BODY_BYTES}; empty for GET
 * @param isFromHere whether the client is on this machine
 */
record AdminRequest(String method, String path, String body, boolean isFromHere) {
    /** The longest word that is understood is much shorter. */
    static final int MAX_BODY_BYTES = 64;

    static AdminRequest get(String path) {
        return new AdminRequest("GET", path, "", true);
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
