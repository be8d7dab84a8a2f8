package dev.redoubt.agent.redirect;

import dev.redoubt.agent.observe.Endpoint;
import org.jspecify.annotations.Nullable;

/** One thread's attempt to connect for Jedis, between the looking up of a host and the decision about TLS. Confined to that thread. */
final class Attempt {
    @Nullable
    Endpoint asked;

    boolean isRedirected;
}
