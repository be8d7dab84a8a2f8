package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Clients of some libraries that work without pause while the test does something to Redis. Each worker has a connection of its own. */
final class Load implements AutoCloseable {
    private static final int ROUNDS = 50;

    private final ProxyPages pages;
    private final List<LoadClient> clients = new ArrayList<>();
    private final List<LoadWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final long closedAtStart;

    /** Two workers a library that only set and get, and two that count too. They are at work when this returns. */
    static Load of(ProxyProcess proxy, ProxyPages pages, Library... libraries) {
        Map<String, Supplier<LoadClient>> connectors = new LinkedHashMap<>();
        for (Library library : libraries) {
            connectors.put(library.toString(), () -> library.connect(proxy));
        }
        return of(pages, connectors);
    }

    /** The same for whatever connects, by name. */
    static Load of(ProxyPages pages, Map<String, Supplier<LoadClient>> connectors) {
        Eventually.until("the end of earlier clients", () -> pages.metric("clients") == 0);
        Load load = new Load(pages);
        String run = UUID.randomUUID().toString().substring(0, 8);
        connectors.forEach((name, connector) -> {
            for (int i = 0; i < 4; i++) {
                load.add(connector.get(), name + ":" + run + ":" + i, i >= 2);
            }
        });
        load.threads.forEach(Thread::start);
        load.awaitProgress();
        return load;
    }

    private Load(ProxyPages pages) {
        this.pages = pages;
        this.closedAtStart = pages.closedClients();
    }

    private void add(LoadClient client, String name, boolean counts) {
        LoadWorker worker = new LoadWorker(name, client, counts);
        clients.add(client);
        workers.add(worker);
        threads.add(new Thread(worker, name));
    }

    /** Returns when every worker has done some more rounds, or has seen an error. */
    void awaitProgress() {
        List<Integer> before = workers.stream().map(LoadWorker::rounds).toList();
        Eventually.until("progress of every client", () -> {
            for (int i = 0; i < workers.size(); i++) {
                LoadWorker worker = workers.get(i);
                if (worker.rounds() < before.get(i) + ROUNDS && !worker.hasFailed()) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Ends the load and checks what every client was promised. */
    void verify(RedisServer redis) {
        stop();
        try (RawClient direct = redis.connect()) {
            workers.forEach(worker -> worker.verify(direct));
        }
        assertEquals(closedAtStart, pages.closedClients(), "client connections closed");
    }

    long inDoubt() {
        return workers.stream().mapToLong(LoadWorker::inDoubt).sum();
    }

    private void stop() {
        workers.forEach(LoadWorker::stop);
        Eventually.until("the end of every worker", () -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Override
    public void close() {
        stop();
        clients.forEach(LoadClient::close);
    }
}
