package dev.redoubt.it.crash;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * So many times: Redis is killed, clients write to memory, the proxy gets SIGKILL at a random moment, both come back, and what was
 * acknowledged must be in Redis. SIGKILL leaves to the operating system what was written, so this does not test fsync.
 */
public final class Crash implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int LONGEST_MILLIS = 400;

    private final RedisServer redis = RedisServer.started();
    private final Path directory;
    private final Random random;
    private final HttpClient http = HttpClient.newHttpClient();
    private ProxyProcess proxy;
    private long acknowledged;
    private long journaled;

    /** @param directory for the journal */
    public Crash(Path directory, long seed) {
        this.directory = directory;
        this.random = new Random(seed);
        this.proxy = startProxy();
    }

    private ProxyProcess startProxy() {
        return ProxyProcess.setup()
                .upstream(redis)
                .options("--journal-dir", directory.toString(), "--fallback-enter-after", "20ms")
                .jvm("-XX:TieredStopAtLevel=1") // it lives for a second
                .start();
    }

    /** One more time; says what is missing. */
    public List<String> kill(int point) {
        try (RawClient first = proxy.connect()) {
            first.call("SET", "warm", "" + point);
        }
        redis.kill();
        List<CrashWriter> writers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            CrashWriter writer = new CrashWriter(proxy, "p" + point + ":" + i + ":", random.nextLong());
            writers.add(writer);
            threads.add(new Thread(writer, "writer " + i));
        }
        threads.forEach(Thread::start);
        pass(random.nextInt(LONGEST_MILLIS));
        proxy.kill();
        threads.forEach(Crash::join);
        redis.start();
        proxy.close();
        proxy = startProxy();
        awaitReconciled();
        return missing(writers);
    }

    private List<String> missing(List<CrashWriter> writers) {
        List<String> missing = new ArrayList<>();
        try (RawClient direct = redis.connect()) {
            for (CrashWriter writer : writers) {
                acknowledged += writer.answers();
                missing.addAll(writer.missing(direct));
            }
        }
        return missing;
    }

    /** Writes that clients were told are done, in all points so far. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Journal entries that came to Redis after a crash, in all points so far. */
    public long replayed() {
        return journaled;
    }

    private void awaitReconciled() {
        try (RawClient client = proxy.connect()) {
            client.call("PING"); // somebody must want Redis
            client.call("GET", "warm");
        }
        Awaitility.await("the journal to be in Redis")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> metric("journal_entries") == 0 && metric("upstream_connected") == 1);
        journaled += metric("journal_replayed_total");
    }

    private long metric(String name) {
        URI page = URI.create("http://" + proxy.host() + ":" + proxy.adminPort() + "/metrics");
        try {
            return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("redoubt_" + name + " "))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The moment of the kill is what is random here: nothing is waited for. */
    private static void pass(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        proxy.close();
        redis.close();
    }

    /** {@code --points N} (200), {@code --seed S}: the whole, for a person. */
    public static void main(String[] arguments) throws IOException {
        int points = 200;
        long seed = System.nanoTime();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--points" -> points = Integer.parseInt(arguments[i + 1]);
                case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
                default -> throw new IllegalArgumentException("--points N, --seed S");
            }
        }
        System.out.println("seed " + seed);
        Path directory = Files.createTempDirectory("redoubt-crash");
        int missing = 0;
        try (Crash crash = new Crash(directory, seed)) {
            for (int point = 1; point <= points; point++) {
                List<String> lost = crash.kill(point);
                missing += lost.size();
                lost.forEach(System.out::println);
            }
            System.out.println(points + " kills, " + crash.acknowledged() + " acknowledged writes, " + crash.replayed()
                    + " journal entries brought to Redis afterwards, " + missing + " missing");
        }
        System.exit(missing == 0 ? 0 : 1);
    }
}
