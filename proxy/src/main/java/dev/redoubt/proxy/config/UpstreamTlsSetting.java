package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.flag;
import static dev.redoubt.proxy.config.ValueTypes.readableFile;
import static dev.redoubt.proxy.config.ValueTypes.text;

import org.jspecify.annotations.Nullable;

/** TLS to the upstream, which rediss:// turns on. Rows of the table of settings: see {@link Setting}. */
enum UpstreamTlsSetting implements Setting {
    CA_FILE(
            "upstream.tls.ca-file",
            readableFile("a readable PEM file"),
            "Certificates of the CAs that may have signed Redis's. Those of the JDK, unless given."),
    CERT_FILE(
            "upstream.tls.cert-file",
            readableFile("a readable PEM file"),
            "Our certificate, where Redis asks for one."),
    KEY_FILE(
            "upstream.tls.key-file",
            readableFile("a readable PEM file"),
            "Its private key. In the same file, unless given."),
    KEY_PASSWORD_FILE(
            "upstream.tls.key-password-file",
            readableFile("a readable text file"),
            "The password of an encrypted key."),
    VERIFY_HOST(
            "upstream.tls.verify-host",
            flag(),
            "true",
            "Whether Redis's certificate must be for the host that is asked. Without it, whoever has any certificate of the CA can play Redis."),
    SERVER_NAME(
            "upstream.tls.server-name",
            text("a host name"),
            "The host that Redis's certificate must be for, and that SNI names. The URL's host, unless given.");

    private final Row row;

    UpstreamTlsSetting(String key, ValueType<?> type, String description) {
        this(key, type, null, description);
    }

    UpstreamTlsSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.UPSTREAM_TLS, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
