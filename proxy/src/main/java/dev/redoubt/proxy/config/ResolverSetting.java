package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.choice;
import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.literalAddresses;

import org.jspecify.annotations.Nullable;

/** How the upstream's name is looked up. Rows of the table of settings: see {@link Setting}. */
enum ResolverSetting implements Setting {
    RESOLVER(
            "dns.resolver",
            choice(Resolver.class),
            "auto",
            "dns: /etc/hosts and DNS, never blocking; jdk: the system's own resolver. auto: dns on Linux, and jdk where dns has no answer; jdk elsewhere."),
    SERVERS(
            "dns.servers",
            literalAddresses(),
            null,
            "Name servers to ask, and nobody else. Those of /etc/resolv.conf, unless given."),
    TTL(
            "dns.ttl",
            duration("0", "1m"),
            "1s",
            "How long addresses serve further connections, whatever DNS allows. After an attempt that failed they are looked up anew.");

    private final Row row;

    ResolverSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.RESOLVER, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
