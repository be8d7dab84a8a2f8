package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.addresses;
import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.readableFile;

import org.jspecify.annotations.Nullable;

/** TLS for clients, beside the plain listeners. Rows of the table of settings: see {@link Setting}. */
public enum TlsSetting implements Setting {
    LISTEN("tls.listen", addresses(), "Where clients connect with TLS (rediss://)."),
    CERT_FILE(
            "tls.cert-file",
            readableFile("a readable PEM file"),
            "The certificate that clients see, followed by those between it and its CA."),
    KEY_FILE("tls.key-file", readableFile("a readable PEM file"), "Its private key. In the same file, unless given."),
    KEY_PASSWORD_FILE(
            "tls.key-password-file", readableFile("a readable text file"), "The password of an encrypted key."),
    CA_FILE(
            "tls.ca-file",
            readableFile("a readable PEM file"),
            "Certificates of CAs: clients must show a certificate that one of them has signed. Without it they need none."),
    RELOAD_INTERVAL(
            "tls.reload-interval",
            duration("100ms", "1d"),
            "10s",
            "How often the files of TLS, those towards Redis too, are looked at for changes.");

    private final Row row;

    TlsSetting(String key, ValueType<?> type, String description) {
        this(key, type, null, description);
    }

    TlsSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.TLS, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
