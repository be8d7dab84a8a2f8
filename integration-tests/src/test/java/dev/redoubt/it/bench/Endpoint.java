package dev.redoubt.it.bench;

import java.util.OptionalLong;

/** Something on 127.0.0.1 that answers RESP, and the process whose CPU it costs; none for Redis itself. */
record Endpoint(String name, int port, OptionalLong pid) {

    /** Reads {@code NAME=PORT} or {@code NAME=PORT:PID}. */
    static Endpoint parse(String text) {
        String[] parts = text.split("[=:]");
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException("an endpoint looks like NAME=PORT:PID, not " + text);
        }
        OptionalLong pid = parts.length == 3 ? OptionalLong.of(Long.parseLong(parts[2])) : OptionalLong.empty();
        return new Endpoint(parts[0], Integer.parseInt(parts[1]), pid);
    }
}
