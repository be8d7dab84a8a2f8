package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.config.HostPort;
import dev.redoubt.proxy.config.UpstreamSettings;
import dev.redoubt.proxy.config.UpstreamTlsSettings;
import dev.redoubt.proxy.resolver.Answer;
import dev.redoubt.proxy.resolver.Lookups;
import dev.redoubt.proxy.tls.BlockingTls;
import dev.redoubt.proxy.tls.TlsProblem;
import dev.redoubt.proxy.tls.TlsTrouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** {@code check}: goes the way to the upstream step by step, and says what is missing. Changes nothing there. Used once. */
final class CheckCommand {
    /** A server that accepts and says nothing is found out. */
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(5);

    private final Terminal terminal;
    private boolean failed;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** 0 if every step passed, else 1. */
    int run(UpstreamSettings upstream) {
        if (upstream.disabled()) {
            terminal.out().println("No upstream is configured (memory only): nothing to check.");
            return ExitCode.OK;
        }
        terminal.out().println("Checking " + upstream.masked());
        List<InetAddress> addresses = lookUp(upstream);
        if (!addresses.isEmpty()) {
            connect(upstream, addresses);
        }
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    /** As the proxy looks it up. */
    private List<InetAddress> lookUp(UpstreamSettings upstream) {
        Answer answer = Lookups.now(upstream.host(), upstream.resolver(), upstream.connectTimeout());
        if (answer instanceof Answer.Found found) {
            passed(
                    "DNS",
                    found.addresses().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ")));
            return found.addresses();
        }
        if (answer instanceof Answer.Missing missing) {
            failed(
                    "DNS",
                    upstream.host() + " cannot be looked up: " + missing.reason(),
                    "check the name, and this machine's resolver");
        }
        return List.of();
    }

    /** The first address that accepts; the failure that is shown is the last one's. */
    private void connect(UpstreamSettings upstream, List<InetAddress> addresses) {
        String reason = "";
        for (InetAddress address : addresses) {
            String place = new HostPort(address.getHostAddress(), upstream.port()).toString();
            try (RespClient client = open(upstream, address)) {
                passed("TCP", "connected to " + place);
                if (upstream.tls() == null || secure(upstream, upstream.tls(), client)) {
                    converse(upstream, client);
                }
                return;
            } catch (IOException e) {
                reason = place + ": " + e.getMessage();
            }
        }
        failed("TCP", reason, "is Redis running there, and does a firewall let this machine in?");
    }

    private static RespClient open(UpstreamSettings upstream, InetAddress address) throws IOException {
        InetSocketAddress place = new InetSocketAddress(address, upstream.port());
        return RespClient.connect(place, upstream.connectTimeout(), REPLY_TIMEOUT);
    }

    private boolean secure(UpstreamSettings upstream, UpstreamTlsSettings tls, RespClient client) {
        try {
            SSLSession session = client.secure(new BlockingTls(tls), upstream.host());
            String agreed = session.getProtocol() + ", " + certificate(session);
            return answersAtAll(upstream, client, agreed, tls.verifiesHost());
        } catch (TlsProblem e) {
            failed("TLS", String.valueOf(e.getMessage()), "see docs/tls.md for what the files must hold");
        } catch (IOException e) {
            failed(TlsTrouble.withServer(e, upstream.host()));
        }
        return false;
    }

    /** With TLS 1.3 a client that shows no certificate hears only now that one is wanted, if at all: the reset may overtake the alert. */
    private boolean answersAtAll(UpstreamSettings upstream, RespClient client, String agreed, boolean verified) {
        try {
            client.call("PING");
            passed("TLS", agreed);
            if (!verified) {
                String warning = "warning: whose certificate it is was not checked (upstream.tls.verify-host)";
                terminal.out().println("          " + warning);
            }
            return true;
        } catch (SSLException e) {
            failed(TlsTrouble.withServer(e, upstream.host()));
        } catch (IOException e) {
            failed(TlsTrouble.silence(String.valueOf(e.getMessage())));
        }
        return false;
    }

    private void failed(TlsTrouble trouble) {
        failed("TLS", trouble.what(), trouble.advice());
    }

    private static String certificate(SSLSession session) throws SSLPeerUnverifiedException {
        X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName() + ", valid until "
                + certificate.getNotAfter().toInstant();
    }

    private void converse(UpstreamSettings upstream, RespClient client) {
        try {
            talk(upstream, client);
        } catch (IOException e) {
            String advice = "is it Redis that listens there, and does it answer?";
            failed("RESP", String.valueOf(e.getMessage()), advice + " With TLS it is rediss://");
        }
    }

    private void talk(UpstreamSettings upstream, RespClient client) throws IOException {
        if (!authenticate(upstream, client) || !ping(client)) {
            return;
        }
        select(upstream, client);
        info(client);
        killPermission(client);
    }

    private boolean authenticate(UpstreamSettings upstream, RespClient client) throws IOException {
        String password = upstream.password();
        if (password == null) {
            return true;
        }
        String username = upstream.username();
        Reply reply = username == null ? client.call("AUTH", password) : client.call("AUTH", username, password);
        return expect("AUTH", reply, "accepted", "check the user and password; a Redis without password wants none");
    }

    private boolean ping(RespClient client) throws IOException {
        return expect(
                "PING", client.call("PING"), "answered", "NOAUTH means: give a password, as in redis://:PASSWORD@HOST");
    }

    private void select(UpstreamSettings upstream, RespClient client) throws IOException {
        if (upstream.db() != 0) {
            Reply reply = client.call("SELECT", Integer.toString(upstream.db()));
            expect("SELECT", reply, "database " + upstream.db(), "choose a database that this server has");
        }
    }

    private void info(RespClient client) throws IOException {
        Reply reply = client.call("INFO", "server");
        String advice =
                "allow INFO to this user (ACL: +info); without it in-doubt writes are errors, as a restart of Redis "
                        + "cannot be told from a lost connection";
        if (expect("INFO", reply, "allowed", advice) && reply instanceof Reply.Text text) {
            version(new ServerInfo(text.bytes()));
        }
    }

    private void version(ServerInfo info) {
        String shown = info.product() + " " + info.version();
        if (info.isSupported()) {
            passed("version", shown);
        } else {
            failed("version", shown, "Redoubt supports Redis 6.2 and later, and Valkey");
        }
    }

    /**
     * An id that no client can have, and an address too: Redis 6.2 takes id 0 for "any client" and would close them all.
     */
    private void killPermission(RespClient client) throws IOException {
        Reply reply = client.call("CLIENT", "KILL", "ID", Long.toString(Long.MAX_VALUE), "ADDR", "0.0.0.0:0");
        String advice =
                "allow CLIENT KILL to this user (ACL: +client|kill); without it a lost connection cannot be fenced, "
                        + "so in-doubt writes are errors";
        expect("CLIENT KILL", reply, "allowed", advice);
    }

    private boolean expect(String step, Reply reply, String detail, String advice) {
        if (reply instanceof Reply.Failure failure) {
            failed(step, failure.text(), advice);
            return false;
        }
        passed(step, detail);
        return true;
    }

    private void passed(String step, String detail) {
        terminal.out().printf("  passed  %-12s %s%n", step, detail);
    }

    private void failed(String step, String detail, String advice) {
        failed = true;
        terminal.out().printf("  FAILED  %-12s %s%n          %-12s -> %s%n", step, detail, "", advice);
    }
}
