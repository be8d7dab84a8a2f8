package dev.redoubt.proxy.upstream;

import java.util.List;
import java.util.Locale;

/** What to do about a cause that Redis is not there for. Stateless. docs/troubleshooting.md says more. */
public final class Advice {
    /** The cause while a connection stands and nothing is answered on it. */
    static final String STALLED = "it takes commands but does not answer";

    private record Rule(String word, String advice) {}

    /** The first one whose word is in the cause, in lower case. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "tls: ", "as the cause says; redoubt check tries it, and docs/tls.md has more"), // TlsTrouble's own
            new Rule("not connected yet", "wait a moment"),
            new Rule(STALLED, "look for a slow command (SLOWLOG GET), a fork for saving, or a stopped process"),
            new Rule(
                    "did not answer the handshake",
                    "look for a slow command or a stopped process there; if it is no Redis, correct --upstream"),
            new Rule(
                    "cannot be resolved",
                    "check the host name in --upstream, and the DNS of this machine or container"),
            new Rule("connection refused", "nothing listens there: start Redis, or correct --upstream"),
            new Rule(
                    "timed out",
                    "no answer from that machine: check the network, a firewall, and the address in --upstream"),
            new Rule(
                    "while redis answers on another connection",
                    "something between the two forgets connections: check firewalls, NAT and balancers; a shorter upstream.ping-interval keeps them from it"),
            new Rule("no route to host", "check the network, and the address in --upstream"),
            new Rule("network is unreachable", "check the network, and the address in --upstream"),
            new Rule("is a replica", "wait for the failover; if it is over, let --upstream lead to the new primary"),
            new Rule(
                    "read only replica",
                    "wait for the failover; if it is over, let --upstream lead to the new primary"),
            new Rule("loading", "wait: Redis reads its data from disk, and answers when it has it"),
            new Rule("busy", "wait for the script, or end it with SCRIPT KILL"),
            new Rule(
                    "max number of clients",
                    "raise maxclients in Redis, or find out who holds its connections with CLIENT LIST"),
            new Rule("refused auth", "correct REDOUBT_UPSTREAM_USERNAME and REDOUBT_UPSTREAM_PASSWORD, or the URL"),
            new Rule("refused select", "use a database that Redis has; see databases in its configuration"),
            new Rule("refused hello", "the server does not speak RESP3; let the client use RESP2"),
            new Rule("not a redis server", "correct --upstream: another program listens there, or it wants rediss://"),
            new Rule("closed by redis", "nothing, if Redis is being restarted; else its own log says why it closed"),
            new Rule("connection reset", "nothing, if Redis is being restarted; else its own log says why it closed"));

    private static final String OTHERWISE = "run redoubt check with the same settings; it says how far it comes";

    private Advice() {}

    /** One sentence, without keys, values or passwords. */
    public static String on(String cause) {
        String lower = cause.toLowerCase(Locale.ROOT);
        return RULES.stream()
                .filter(rule -> lower.contains(rule.word()))
                .map(Rule::advice)
                .findFirst()
                .orElse(OTHERWISE);
    }
}
