package dev.redoubt.proxy.config;

/** Where clients connect. Immutable. */
sealed interface ListenAddress permits HostPort, SocketPath {
    /** {@code HOST:PORT} or {@code unix:/PATH}. */
    static ListenAddress parse(String text) throws BadValue {
        return text.startsWith(SocketPath.SCHEME) ? SocketPath.parse(text) : HostPort.parse(text);
    }
}
