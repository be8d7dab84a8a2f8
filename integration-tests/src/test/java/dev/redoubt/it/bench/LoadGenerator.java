package dev.redoubt.it.bench;

import dev.redoubt.it.bench.Sample.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts one case's load on a port with redis-benchmark. */
final class LoadGenerator implements LoadSource {
    private static final int KEYS = 100_000;
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final int RATE_COLUMN = 1;
    private static final int P50_COLUMN = 4;
    private static final int P99_COLUMN = 6;

    private final Children children;
    private final String program;

    LoadGenerator(Children children, Tools tools) throws IOException {
        this.children = children;
        this.program = tools.find("redis-benchmark")
                .orElseThrow(() -> new IOException("redis-benchmark is not installed (Debian: redis-tools)"));
    }

    /** @throws IOException if the load fails or takes longer than three minutes */
    @Override
    public Load run(BenchCase benchCase, int port) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", "" + port));
        command.addAll(List.of("-t", benchCase.test(), "-n", "" + benchCase.commands()));
        command.addAll(List.of("-c", "" + benchCase.clients(), "-P", "" + benchCase.pipeline()));
        command.addAll(List.of("-r", "" + KEYS, "--csv"));
        return parse(benchCase.test(), children.run("load", command, LIMIT));
    }

    /** Gives all but a few of the keys a value, so that GET finds something from the first round on. */
    void fill(int redisPort) throws IOException, InterruptedException {
        run(new BenchCase("set", 10, 64, 5 * KEYS), redisPort);
    }

    static Load parse(String test, String csv) throws IOException {
        String quoted = "\"" + test.toUpperCase(Locale.ROOT);
        String row = csv.lines()
                .filter(line -> line.startsWith(quoted))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IOException("redis-benchmark has no figures for " + test));
        String[] columns = row.replace("\"", "").split(",");
        if (columns.length <= P99_COLUMN) {
            throw new IOException("redis-benchmark without percentiles: 6.2 or later is needed");
        }
        return new Load(
                Double.parseDouble(columns[RATE_COLUMN]),
                Double.parseDouble(columns[P50_COLUMN]),
                Double.parseDouble(columns[P99_COLUMN]));
    }
}
