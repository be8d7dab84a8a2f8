package dev.redoubt.proxy.admin;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP answer before it is written. Immutable. */
record AdminResponse(int status, String contentType, Map<String, String> headers, String body) {
    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";
    static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    AdminResponse {
        headers = Map.copyOf(headers);
    }

    AdminResponse(int status, String contentType, String body) {
        this(status, contentType, Map.of(), body);
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
