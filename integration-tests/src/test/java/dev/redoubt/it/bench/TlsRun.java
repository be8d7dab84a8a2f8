package dev.redoubt.it.bench;

import dev.redoubt.it.bench.BenchOptions.Part;
import dev.redoubt.it.redis.TestPki;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What TLS to Redis costs: each Redoubt thrice, before one Redis that listens with and without TLS: in the clear, with BoringSSL, and with the JDK's TLS. The load and the readings go to it in
 * the clear. Confined to the bench's thread.
 */
final class TlsRun {
    private static final String NO_BORINGSSL = "-Dio.netty.handler.ssl.noOpenSsl=true";

    private final BenchOptions options;
    private final Path directory;
    private final Tools tools;
    private final PrintStream progress;

    TlsRun(BenchOptions options, Path directory, Tools tools, PrintStream progress) {
        this.options = options;
        this.directory = directory;
        this.tools = tools;
        this.progress = progress;
    }

    BenchRun.Report run() throws IOException, InterruptedException {
        try (TestPki pki = new TestPki("bench");
                Children children = new Children(directory)) {
            Rig rig = new Rig(children, tools);
            int tlsPort = RedisWire.freePort();
            Endpoint redis = rig.redis(pki, tlsPort);
            List<Endpoint> endpoints = endpoints(rig, redis, "rediss://127.0.0.1:" + tlsPort, pki);
            rig.notes().forEach(progress::println);
            LoadGenerator generator = new LoadGenerator(children, tools);
            generator.fill(redis.port());
            try (Meter meter = new Meter(LoadSource.of(generator, new SessionLoad()), redis, endpoints)) {
                LoadRun run = new LoadRun(options, options.cases(Part.TLS), meter, endpoints, progress);
                return report(run, run.run(), endpoints, rig.notes());
            }
        }
    }

    private List<Endpoint> endpoints(Rig rig, Endpoint redis, String tlsUri, TestPki pki) throws IOException {
        List<String> trust = List.of("--upstream-tls-ca-file", pki.ca().toString());
        List<Endpoint> endpoints = new ArrayList<>();
        for (Variant variant : options.variants()) {
            rig.redoubt(variant, redis.port()).ifPresent(endpoints::add);
            rig.redoubt(variant.extended("-tls", List.of(), trust), tlsUri).ifPresent(endpoints::add);
            rig.redoubt(variant.extended("-tls-jdk", List.of(NO_BORINGSSL), trust), tlsUri)
                    .ifPresent(endpoints::add);
        }
        return endpoints;
    }

    private BenchRun.Report report(LoadRun run, Results results, List<Endpoint> endpoints, List<String> rigNotes) {
        List<String> notes = new ArrayList<>(rigNotes);
        notes.add("-tls: TLS 1.3 to Redis by BoringSSL; -tls-jdk: by the JDK; clients connect in the clear");
        endpoints.stream().map(BenchRun::resident).flatMap(Optional::stream).forEach(notes::add);
        boolean complete = run.countedRounds() >= BenchOptions.ROUNDS_WORTH_WRITING
                && results.failures().isEmpty()
                && endpoints.size() == 3 * options.variants().size();
        String base = options.variants().get(0).name();
        LoadReport report = new LoadReport(results, options.cases(Part.TLS), endpoints, LoadReport.beside(base));
        String tables = report.markdown(run.countedRounds(), List.of());
        return new BenchRun.Report(tables + "\n\n" + Markdown.bullets(notes), complete);
    }
}
