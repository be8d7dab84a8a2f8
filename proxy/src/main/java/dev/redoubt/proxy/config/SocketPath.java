package dev.redoubt.proxy.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The file of a Unix socket. Immutable.
 *
 * @param path absolute
 */
public record SocketPath(Path path) implements ListenAddress {
    static final String SCHEME = "unix:";
    /** What {@code sun_path} holds besides its zero byte: 107 bytes on Linux, 103 on macOS. */
    private static final int LONGEST_BYTES = 103;

    public SocketPath {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + path);
        }
    }

    /** {@code unix:/PATH}, or {@code unix:///PATH} as in a URL. */
    static SocketPath parse(String text) throws BadValue {
        String rest = text.substring(SCHEME.length());
        String file = rest.startsWith("//") ? rest.substring(2) : rest;
        if (!file.startsWith("/") || file.endsWith("/")) {
            throw new BadValue("has no absolute path of a file after " + SCHEME);
        }
        if (file.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            throw new BadValue("has a path of more than " + LONGEST_BYTES + " bytes, which no Unix socket can have");
        }
        try {
            return new SocketPath(Path.of(file).normalize());
        } catch (InvalidPathException e) {
            throw new BadValue("has a path that is none");
        }
    }

    /** {@code unix:/PATH}. */
    @Override
    public String toString() {
        return SCHEME + path;
    }
}
