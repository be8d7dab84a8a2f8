package dev.redoubt.proxy.config;

/** How the keys of conflicts are named where people see them. */
public enum ConflictNames {
    /** Whoever has a key can look for it; nobody learns of it otherwise. */
    HASHES,
    NAMES
}
