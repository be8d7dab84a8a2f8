package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.config.FallbackSettings;
import dev.redoubt.proxy.config.HostPort;
import dev.redoubt.proxy.config.MemoryBudget;
import dev.redoubt.proxy.config.Settings;
import dev.redoubt.proxy.config.SocketPath;
import dev.redoubt.proxy.config.UpstreamSettings;
import dev.redoubt.proxy.config.UpstreamTlsSettings;
import dev.redoubt.proxy.config.UsersFile;
import dev.redoubt.proxy.config.UsersSettings;
import dev.redoubt.proxy.status.ProxyStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lines that are shown at the start: what runs, where, in front of what. Stateless. */
final class Banner {
    /** As Java writes it. */
    private static final String IPV6_LOOPBACK = "0:0:0:0:0:0:0:1";

    private Banner() {}

    static String of(
            String version,
            Settings settings,
            List<InetSocketAddress> listening,
            @Nullable InetSocketAddress admin,
            Optional<ProxyStatus> status) {
        return "Redoubt " + version + "\n"
                + line("listening", listening(settings, listening))
                + users(settings.users())
                + line("upstream", upstream(settings.upstream()))
                + line("state", state(status))
                + line("profile", word(settings.profile()))
                + line("fallback", fallback(settings.fallback()))
                + line("memory", MemoryBudget.of(settings).toString())
                + line("admin", admin == null ? "off" : "http://" + place(admin) + "/health, /metrics");
    }

    /** Those with TLS come last. */
    private static String listening(Settings settings, List<InetSocketAddress> listening) {
        int plain = settings.listen().size();
        String tls = settings.tls().isMutual() ? " (TLS, for clients with a certificate)" : " (TLS)";
        Stream<String> ports =
                IntStream.range(0, listening.size()).mapToObj(i -> place(listening.get(i)) + (i < plain ? "" : tls));
        Stream<String> files = settings.sockets().listen().stream().map(SocketPath::toString);
        return Stream.concat(ports, files).collect(Collectors.joining(", "));
    }

    private static String line(String title, String text) {
        return String.format("  %-10s %s%n", title, text);
    }

    private static String users(UsersSettings users) {
        UsersFile file = users.file();
        return file == null ? "" : line("users", file.users().size() + " of " + file.path() + ": clients must log in");
    }

    private static String upstream(UpstreamSettings upstream) {
        if (upstream.disabled()) {
            return "none: memory answers";
        }
        String note = upstream.explicit() ? "" : " (default; change it with --upstream)";
        UpstreamTlsSettings tls = upstream.tls();
        boolean isUnsafe = tls != null && !tls.verifiesHost();
        return upstream.masked()
                + note
                + (isUnsafe ? " (WARNING: whose certificate it is, is not checked: upstream.tls.verify-host)" : "");
    }

    private static String state(Optional<ProxyStatus> status) {
        if (status.isEmpty()) {
            return "unknown: the lane does not answer";
        }
        ProxyStatus known = status.get();
        String reason = known.isConnected() || known.lastError() == null ? "" : ": " + known.lastError();
        return word(known.state()) + reason;
    }

    private static String fallback(FallbackSettings fallback) {
        if (!fallback.enabled()) {
            return "off: nothing is answered from memory";
        }
        return word(fallback.profile()) + " (a miss: " + word(fallback.onMiss())
                + "); "
                + (fallback.journal().dir() == null
                        ? "the journal is in memory only, so a crash of Redoubt loses it"
                        : "the journal is kept in " + fallback.journal().dir());
    }

    private static String place(InetSocketAddress address) {
        InetAddress resolved = address.getAddress();
        String host = resolved == null ? address.getHostString() : resolved.getHostAddress();
        return new HostPort(host.equals(IPV6_LOOPBACK) ? "::1" : host, address.getPort()).toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
