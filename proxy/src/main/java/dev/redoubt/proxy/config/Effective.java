package dev.redoubt.proxy.config;

/**
 * A setting as it is in force. Immutable.
 *
 * @param value as it was written, secrets masked; empty if there is none
 * @param source where it came from, as people know it: {@code --upstream}, {@code REDIS_URL}, {@code redoubt.yaml:3},
 *     {@code profile dev}, {@code default}
 */
public record Effective(Setting setting, String value, String source) {}
