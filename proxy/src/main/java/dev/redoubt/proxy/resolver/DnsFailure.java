package dev.redoubt.proxy.resolver;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

/** What Netty's resolver fails with, in words. Stateless. */
final class DnsFailure {
    private DnsFailure() {}

    static Answer of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof DnsErrorCauseException refusal) {
                return of(refusal.getCode());
            }
            if (cause instanceof DnsNameResolverTimeoutException) {
                return new Answer.Missing("no DNS server answered in time", false);
            }
            if (cause.getCause() == null && !isAboutTheName(cause)) {
                return new Answer.Missing("no DNS server could be asked: " + cause.getMessage(), false);
            }
        }
        return new Answer.Missing("DNS has no address for it", true);
    }

    private static Answer of(DnsResponseCode code) {
        return code.equals(DnsResponseCode.NXDOMAIN)
                ? new Answer.Missing("DNS does not know it (NXDOMAIN)", true)
                : new Answer.Missing(
                        "the DNS server answered "
                                + code.toString().replaceAll("\\(.*", "").toUpperCase(Locale.ROOT),
                        false);
    }

    /** The last cause is of a type that Netty keeps to itself where answers came, but no record that would help. */
    private static boolean isAboutTheName(Throwable cause) {
        return cause instanceof UnknownHostException
                || cause.getClass().getName().endsWith("DnsResolveContextException");
    }
}
