package dev.redoubt.proxy.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why TLS did not come about, from what the JDK, OpenSSL and the peer's alerts say of it. Immutable.
 *
 * @param what what is wrong
 * @param advice what to do about it
 */
public record TlsTrouble(String what, String advice) {
    private static final int CHAIN_LIMIT = 12;

    /** As one line. */
    public String text() {
        return "TLS: " + what + "; " + advice;
    }

    /** Of a connection to Redis at that host. */
    public static TlsTrouble withServer(Throwable failure, String host) {
        TlsTrouble certificate = ofCertificate(failure, host);
        return certificate == null ? ofConversation(failure) : certificate;
    }

    /** Of a connection that a client has opened. */
    public static TlsTrouble withClient(Throwable failure) {
        if (find(failure, NotSslRecordException.class) != null) {
            return new TlsTrouble("the client speaks Redis without TLS", "give it rediss://, or the address of listen");
        }
        String said = said(failure);
        if (said.contains("peer_did_not_return_a_certificate") || said.contains("empty client certificate chain")) {
            return new TlsTrouble("the client shows no certificate that a CA of tls.ca-file has signed", "give it one");
        }
        if (find(failure, CertificateException.class) != null
                || find(failure, CertPathValidatorException.class) != null) {
            return new TlsTrouble(
                    "the client's certificate is not accepted (" + cause(failure) + ")",
                    "it must be valid now and signed by a CA of tls.ca-file");
        }
        if (isAlert(said, "")) {
            return new TlsTrouble(
                    "the client refused the handshake (" + cause(failure) + ")",
                    "it may need the CA of tls.cert-file, or a host name that the certificate is for");
        }
        return new TlsTrouble("the handshake with a client failed (" + cause(failure) + ")", "see the client's log");
    }

    /** Of a connection to Redis that ended after the handshake, before Redis had said anything. */
    public static TlsTrouble silence(String end) {
        return new TlsTrouble(
                "Redis hung up after the handshake (" + end + ")",
                "it may want a client certificate (upstream.tls.cert-file); its log says why");
    }

    private static @Nullable TlsTrouble ofCertificate(Throwable failure, String host) {
        Throwable expired = find(failure, CertificateExpiredException.class);
        if (expired != null) {
            return new TlsTrouble(
                    "the certificate of " + host + " has expired (" + expired.getMessage() + ")", "renew it");
        }
        Throwable early = find(failure, CertificateNotYetValidException.class);
        if (early != null) {
            return new TlsTrouble(
                    "the certificate of " + host + " is not valid yet (" + early.getMessage() + ")",
                    "check the clocks of both machines");
        }
        if (find(failure, CertPathBuilderException.class) != null
                || find(failure, CertPathValidatorException.class) != null) {
            return new TlsTrouble(
                    "the certificate of " + host + " is signed by no CA that is trusted here",
                    "name the CA with upstream.tls.ca-file");
        }
        Throwable certificate = find(failure, CertificateException.class);
        return certificate == null
                ? null
                : new TlsTrouble(
                        "the certificate is not for " + host + " (" + certificate.getMessage() + ")",
                        "use a host name that it is for, or name that with upstream.tls.server-name");
    }

    private static TlsTrouble ofConversation(Throwable failure) {
        String said = said(failure);
        if (find(failure, NotSslRecordException.class) != null || said.contains("unsupported or unrecognized ssl")) {
            return new TlsTrouble("there is no TLS at this port", "use redis://, or Redis's tls-port");
        }
        if (isAlert(said, "certificate_required")) {
            return new TlsTrouble(
                    "Redis wants a client certificate",
                    "name one that a CA of its tls-ca-cert-file has signed with upstream.tls.cert-file");
        }
        if (isAlert(said, "unknown_ca", "bad_certificate", "certificate_unknown", "certificate_expired")
                || isAlert(said, "certificate_revoked", "unsupported_certificate")) {
            return new TlsTrouble(
                    "Redis misses our certificate or does not accept it (" + cause(failure) + ")",
                    "name one with upstream.tls.cert-file that is valid now and signed by a CA of its tls-ca-cert-file");
        }
        if (isAlert(said, "handshake_failure")) {
            return new TlsTrouble(
                    "Redis refused the handshake",
                    "it may want a client certificate (upstream.tls.cert-file); its log says why");
        }
        if (isAlert(said, "protocol_version")) {
            return new TlsTrouble("the server has neither TLS 1.2 nor 1.3", "see Redis's tls-protocols");
        }
        if (find(failure, SslHandshakeTimeoutException.class) != null
                || find(failure, SocketTimeoutException.class) != null) {
            return new TlsTrouble(
                    "no answer to the handshake",
                    "is there TLS at this port? A Redis without it waits for more, and needs redis://");
        }
        if (find(failure, ClosedChannelException.class) != null || said.contains("connection reset")) {
            return new TlsTrouble("closed during the handshake", "is it Redis with TLS that listens there?");
        }
        return new TlsTrouble(cause(failure), "see Redis's log");
    }

    /** OpenSSL's alerts look like TLSV1_ALERT_UNKNOWN_CA or SSLV3_ALERT_BAD_CERTIFICATE, the JDK's like "Received fatal alert: unknown_ca". */
    private static boolean isAlert(String said, String... names) {
        for (String name : names) {
            if (said.contains("alert_" + name) || said.contains("alert: " + name)) {
                return true;
            }
        }
        return false;
    }

    private static String said(Throwable failure) {
        StringBuilder all = new StringBuilder();
        Throwable next = failure;
        for (int i = 0; i < CHAIN_LIMIT && next != null; i++) {
            all.append(next.getMessage()).append('\n');
            next = next.getCause();
        }
        return all.toString().toLowerCase(Locale.ROOT);
    }

    /** The innermost message. */
    private static String cause(Throwable failure) {
        Throwable innermost = failure;
        for (int i = 0; i < CHAIN_LIMIT && innermost.getCause() != null; i++) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }

    private static @Nullable Throwable find(Throwable failure, Class<? extends Throwable> type) {
        Throwable next = failure;
        for (int i = 0; i < CHAIN_LIMIT && next != null; i++) {
            if (type.isInstance(next)) {
                return next;
            }
            next = next.getCause();
        }
        return null;
    }
}
