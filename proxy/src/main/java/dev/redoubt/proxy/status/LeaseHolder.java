package dev.redoubt.proxy.status;

/**
 * A session that holds an upstream connection alone. Immutable.
 *
 * @param client the number that CLIENT ID gives it
 * @param heldMillis for how long
 */
public record LeaseHolder(long client, LeaseReason reason, long heldMillis) {}
