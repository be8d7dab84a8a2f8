package dev.redoubt.it.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one client does to the others: small GETs of a bystander while another client does each {@link Unfair} thing, directly and through each Redoubt. Confined to the bench's thread. */
final class FairnessRun {
    private static final String FILL = "for i = 1, 1000000 do redis.call('set', 'key:' .. i, 'x') end return 1";
    private static final String FILL_LIST =
            "for i = 1, 100000 do redis.call('rpush', 'list', string.rep('x', 1000)) end return 1";

    private final BenchOptions options;
    private final Children children;
    private final Tools tools;
    private final PrintStream progress;

    FairnessRun(BenchOptions options, Children children, Tools tools, PrintStream progress) {
        this.options = options;
        this.children = children;
        this.tools = tools;
        this.progress = progress;
    }

    BenchRun.Report run() throws IOException, InterruptedException {
        Rig rig = new Rig(children, tools);
        Endpoint redis = rig.redis();
        fill(redis.port());
        List<Endpoint> endpoints = new ArrayList<>(List.of(redis));
        for (Variant variant : options.variants()) {
            rig.redoubt(variant, redis.port()).ifPresent(endpoints::add);
        }
        List<List<String>> rows = new ArrayList<>();
        for (Unfair unfair : Unfair.values()) {
            for (Endpoint endpoint : endpoints) {
                rows.add(measure(unfair, endpoint));
            }
        }
        List<String> titles =
                List.of("another client", "endpoint", "GETs", "p50 ms", "p99 ms", "longest ms", "it took s");
        List<String> notes = new ArrayList<>(rig.notes());
        notes.add(
                "each once, one after the other; of what is large the second time is shown too, by when Redoubt has seen that it is");
        return new BenchRun.Report(
                Markdown.table(titles, rows) + "\n\n" + Markdown.bullets(notes), endpoints.size() > 1);
    }

    private static void fill(int port) throws IOException {
        try (Socket socket = Unfair.connect(port)) {
            Unfair.send(socket, "EVAL", FILL, "0");
            Unfair.skipReply(socket, 0);
            Unfair.send(socket, "EVAL", FILL_LIST, "0");
            Unfair.skipReply(socket, 0);
            Unfair.upload(socket, Unfair.LARGE_KEY, Unfair.LARGE_BYTES);
            Unfair.skipReply(socket, 0);
            Unfair.send(socket, "SET", "small", "value");
            Unfair.skipReply(socket, 0);
        }
    }

    private List<String> measure(Unfair unfair, Endpoint endpoint) throws IOException, InterruptedException {
        try (Bystander bystander = new Bystander(endpoint.port())) {
            long begin = System.nanoTime();
            String end = once(unfair, endpoint);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Bystander.Seen seen = bystander.end();
            progress.println(unfair + " " + endpoint.name() + " " + seen + " " + seconds + " " + end);
            return List.of(
                    unfair.words(),
                    endpoint.name(),
                    String.format(Locale.ROOT, "%,d", seen.commands()) + note(seen.failure()),
                    millis(seen.medianMillis()),
                    millis(seen.p99Millis()),
                    millis(seen.longestMillis()),
                    String.format(Locale.ROOT, "%.1f", seconds) + note(end));
        }
    }

    private static String once(Unfair unfair, Endpoint endpoint) {
        try (Socket socket = Unfair.connect(endpoint.port())) {
            unfair.run(socket);
            return "";
        } catch (IOException failure) {
            return failure.getMessage() == null ? "cut off" : failure.getMessage();
        }
    }

    private static String note(String failure) {
        return failure.isEmpty() ? "" : ", " + failure;
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }
}
