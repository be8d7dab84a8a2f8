package dev.redoubt.proxy.config;

/** How sockets are driven. */
public enum Transport {
    /** The best that this machine has. */
    AUTO,
    IO_URING,
    EPOLL,
    KQUEUE,
    NIO
}
