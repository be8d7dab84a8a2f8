package dev.redoubt.proxy.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * TLS to the upstream. Immutable.
 *
 * @param verifiesHost whether its certificate must be for the host that we ask for
 * @param serverName the host that we ask for in its place; null for the URL's own
 * @param reloadInterval how often the files are looked at
 */
public record UpstreamTlsSettings(
        TlsFiles files, boolean verifiesHost, @Nullable String serverName, Duration reloadInterval) {
    public UpstreamTlsSettings {
        Require.positive("reloadInterval", reloadInterval);
    }
}
