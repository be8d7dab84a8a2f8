package dev.redoubt.it.proxy;

import dev.redoubt.it.redis.ProxyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a proxy says about itself at its admin port. */
final class ProxyPages {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ProxyProcess proxy;

    ProxyPages(ProxyProcess proxy) {
        this.proxy = proxy;
    }

    /** {@code /health}, JSON without spaces. */
    String health() {
        return get("/health").replaceAll("\\s", "");
    }

    /** {@code /conflicts}, JSON without spaces. */
    String conflicts() {
        return get("/conflicts").replaceAll("\\s", "");
    }

    /** Whether the proxy is in that state: up, connecting, holding, fallback or memory-only. */
    boolean isInState(String state) {
        return health().contains("\"state\":\"" + state + "\"");
    }

    void awaitState(String state) {
        Eventually.until("state " + state, () -> isServed() && isInState(state));
    }

    /** The admin port opens a moment after the clients' port. */
    private boolean isServed() {
        try {
            health();
            return true;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** One value of {@code /metrics}, by the name without its prefix: {@code backlog_bytes}, {@code in_doubt_total}. */
    long metric(String name) {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith("redoubt_" + name + " "))
                .map(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric redoubt_" + name));
    }

    void awaitMetric(String name, long atLeast) {
        Eventually.until("redoubt_" + name + " of " + atLeast, () -> metric(name) >= atLeast);
    }

    /** Client connections that have ended, whoever ended them: a library that connects again would hide it. */
    long closedClients() {
        return metric("clients_accepted_total") - metric("clients");
    }

    private String get(String path) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + proxy.host() + ":" + proxy.adminPort() + path))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
