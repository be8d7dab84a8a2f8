package dev.redoubt.proxy.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of one side of TLS. Immutable.
 *
 * @param ca certificates whose holders are believed; null for the JDK's own (towards Redis) or for nobody's (listeners)
 * @param certificate our certificate, followed by those between it and its CA; null for none
 * @param key its private key; null only together with the certificate
 * @param keyPassword a file with the key's password; null if the key is not encrypted
 */
public record TlsFiles(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path keyPassword) {
    /** None at all. */
    public static final TlsFiles NONE = new TlsFiles(null, null, null, null);

    public TlsFiles {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate and its key belong together");
        }
    }
}
