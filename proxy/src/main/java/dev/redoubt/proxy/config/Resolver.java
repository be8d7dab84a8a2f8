package dev.redoubt.proxy.config;

/** Who looks the upstream's name up. */
public enum Resolver {
    /** The best for this machine and these settings. */
    AUTO,
    /** The hosts file and DNS. */
    DNS,
    /** The JDK, which asks the system. */
    JDK
}
