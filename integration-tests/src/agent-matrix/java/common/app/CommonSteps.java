package app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What every client library is tried with. */
public final class CommonSteps {
    private static final int THREADS = 8;
    private static final int INCREMENTS = 50;
    private static final int PIPELINED = 200;
    private static final int PATIENCE_SECONDS = 10;

    private final String kind;
    private final Place place;
    private final Lines lines;
    private final Connector connector;

    /** @param kind begins the names of keys and steps */
    public CommonSteps(String kind, Place place, Lines lines, Connector connector) {
        this.kind = kind;
        this.place = place;
        this.lines = lines;
        this.connector = connector;
    }

    public void run() throws Exception {
        try (Client client = connector.connect(place);
                Client other = connector.connect(place)) {
            values(client, other);
            errors(client);
            if (client instanceof BatchingClient) {
                batches((BatchingClient) client);
            }
            if (client instanceof WatchingClient) {
                say("lost watch", () -> ((WatchingClient) client).lostWatch(key("watched"), other));
                say("after lost watch", () -> client.get(key("watched")));
            }
            blocking(client, other);
            messages(client, other);
        }
        threads();
    }

    /** Nobody listens where this goes. */
    public void refused() {
        say("refused", () -> {
            try (Client client = connector.connect(place)) {
                return client.get(key("value"));
            }
        });
    }

    private void values(Client client, Client other) {
        say("set", () -> client.set(key("value"), "v\u00e4lue \u2603"));
        say("get", () -> client.get(key("value")));
        say("get by another", () -> other.get(key("value")));
        say("get nothing", () -> client.get(key("nothing")));
        say("increment", () -> client.increment(key("counter")));
        say("increment by another", () -> other.increment(key("counter")));
        String large = new String(new char[100_000]).replace('\0', 'x');
        say("set large", () -> client.set(key("large"), large));
        say("get large", () -> client.get(key("large")));
    }

    private void errors(Client client) {
        say("wrong type", () -> client.push(key("value"), "element"));
        say("not a number", () -> client.increment(key("value")));
        say("after errors", () -> client.get(key("value")));
    }

    private void batches(BatchingClient client) {
        say("transaction", () -> client.transaction(key("in transaction")));
        say("transaction of a wrong type", () -> client.transaction(key("value")));
        say("pipeline", () -> client.pipeline(key("piped"), PIPELINED));
        say("after pipeline", () -> client.get(key("piped")));
    }

    private void blocking(Client client, Client other) {
        say("pop what is there", () -> {
            other.push(key("list"), "first");
            return client.pop(key("list"), PATIENCE_SECONDS);
        });
        say("pop what comes", () -> {
            ExecutorService waiting = Executors.newSingleThreadExecutor();
            try {
                Future<Object> popped = waiting.submit(() -> client.pop(key("list"), PATIENCE_SECONDS));
                other.push(key("list"), "second");
                return popped.get();
            } finally {
                waiting.shutdown();
            }
        });
        say("pop nothing", () -> client.pop(key("empty list"), 1));
        say("after pops", () -> client.get(key("value")));
    }

    private void messages(Client client, Client other) {
        say("messages", () -> {
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            List<Object> seen = new ArrayList<>();
            try (AutoCloseable subscription = client.subscribe(key("channel"), received::add)) {
                seen.add(other.publish(key("channel"), "one"));
                seen.add(received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
                seen.add(other.publish(key("channel"), "two"));
                seen.add(received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return seen;
        });
    }

    private void threads() {
        say("threads", () -> {
            ExecutorService workers = Executors.newFixedThreadPool(THREADS);
            try {
                List<Callable<String>> work = Collections.nCopies(THREADS, this::incrementOften);
                List<String> outcomes = new ArrayList<>();
                for (Future<String> outcome : workers.invokeAll(work)) {
                    outcomes.add(outcome.get());
                }
                Collections.sort(outcomes);
                return outcomes;
            } finally {
                workers.shutdown();
            }
        });
        say("sum of threads", () -> {
            try (Client client = connector.connect(place)) {
                return client.get(key("of threads"));
            }
        });
    }

    private String incrementOften() {
        try (Client client = connector.connect(place)) {
            for (int i = 0; i < INCREMENTS; i++) {
                client.increment(key("of threads"));
            }
            return "done";
        } catch (Exception e) {
            return Lines.classes(e);
        }
    }

    private void say(String step, Lines.Action action) {
        lines.say(kind + ": " + step, action);
    }

    private String key(String name) {
        return kind + ":" + name;
    }
}
