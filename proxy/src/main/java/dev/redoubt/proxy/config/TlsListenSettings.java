package dev.redoubt.proxy.config;

import java.time.Duration;
import java.util.List;

/**
 * TLS for clients. Immutable.
 *
 * @param listen where clients connect with TLS; empty for nowhere
 * @param files with a certificate if there is a listener; a CA means that clients must show a certificate of its own
 * @param reloadInterval how often the files are looked at
 */
public record TlsListenSettings(List<HostPort> listen, TlsFiles files, Duration reloadInterval) {
    public TlsListenSettings {
        listen = List.copyOf(listen);
        Require.positive("reloadInterval", reloadInterval);
        if (!listen.isEmpty() && files.certificate() == null) {
            throw new IllegalArgumentException("a TLS listener without a certificate");
        }
    }

    /** Whether clients must show a certificate. */
    public boolean isMutual() {
        return files.ca() != null;
    }
}
