package dev.redoubt.proxy.agentreport;

import org.jspecify.annotations.Nullable;

/**
 * A line of an application that makes Redis clients. Immutable.
 *
 * @param site class, method, file and line
 * @param clients which class it makes, as {@code Jedis}
 * @param endpoint where they connect, as {@code host:port}; null if none has connected
 * @param meanLifeMillis from being made to being closed or collected; null while none has ended
 * @param advice a sentence; null if there is nothing to say
 */
public record CallSite(
        String site,
        String clients,
        @Nullable String endpoint,
        Counts counts,
        @Nullable Double meanLifeMillis,
        @Nullable String advice) {}
