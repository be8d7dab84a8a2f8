package dev.redoubt.proxy.resolver;

import dev.redoubt.proxy.config.HostPort;
import dev.redoubt.proxy.config.ResolverSettings;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Chooses how a host is looked up. Stateless. */
public final class Lookups {
    private static final SystemFiles MACHINES = new SystemFiles(Path.of("/etc/hosts"), Path.of("/etc/resolv.conf"));

    /** Beyond that of DNS, for what cannot be told how long it may take. */
    private static final Duration SYSTEM_PATIENCE = Duration.ofSeconds(10);

    private Lookups() {}

    /**
     * The way for that host: none for an address; the JDK's for localhost, which never leaves this machine; what the settings say for a name.
     *
     * @param patience for an answer of DNS
     * @param threads that may block
     */
    public static Lookup of(String host, ResolverSettings settings, Duration patience, Executor threads) {
        if (ResolvConf.isLiteral(host)) {
            return new Literal();
        }
        Lookup jdk = new JdkLookup(threads);
        return switch (isLocal(host) ? ResolverSettings.Way.JDK : settings.way(isLinux())) {
            case JDK -> jdk;
            case DNS -> dns(settings, MACHINES, patience, threads);
            case BOTH -> new SecondOpinion(dns(settings, MACHINES, patience, threads), jdk);
        };
    }

    /** Looks a host up in that way, and waits for it: not for an event loop. */
    public static Answer now(String host, ResolverSettings settings, Duration patience) {
        ExecutorService threads = Executors.newCachedThreadPool(new DefaultThreadFactory("redoubt-lookup", true));
        try (Lookup lookup = of(host, settings, patience, threads)) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            lookup.start(host, answer::complete);
            return answer.get(patience.plus(SYSTEM_PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Answer.Missing("no answer in time", false);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look-up only completes with an answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Missing("interrupted", false);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Where the system keeps what it knows of names. */
    public record SystemFiles(Path hosts, Path resolvConf) {}

    /** A hosts file and DNS, whatever the settings say of others. */
    public static Lookup dns(ResolverSettings settings, SystemFiles files, Duration patience, Executor threads) {
        List<InetSocketAddress> servers =
                settings.servers().stream().map(HostPort::resolve).toList(); // literal addresses: nothing to look up
        return new DnsLookup(servers, files.hosts(), files.resolvConf(), patience, threads);
    }

    private static boolean isLocal(String host) {
        String name = host.toLowerCase(Locale.ENGLISH);
        return name.equals("localhost") || name.equals("localhost.");
    }

    private static boolean isLinux() {
        return System.getProperty("os.name", "").startsWith("Linux");
    }

    /** A literal address is its own answer. */
    private static final class Literal implements Lookup {
        @Override
        public void start(String host, Consumer<Answer> whenDone) {
            whenDone.accept(answer(host));
        }

        private static Answer answer(String host) {
            try {
                return new Answer.Found(List.of(InetAddress.getByName(host)));
            } catch (UnknownHostException e) {
                return new Answer.Missing("its zone is no interface of this machine", true);
            }
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
