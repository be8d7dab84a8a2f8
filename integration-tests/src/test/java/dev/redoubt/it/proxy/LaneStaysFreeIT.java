package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.HostPort;
import dev.redoubt.proxy.config.Resolver;
import dev.redoubt.proxy.config.ResolverSettings;
import dev.redoubt.proxy.config.Transport;
import dev.redoubt.proxy.lane.EventLoopExecutor;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.lane.Sockets;
import dev.redoubt.proxy.resolver.Answer;
import dev.redoubt.proxy.resolver.HostAddresses;
import dev.redoubt.proxy.resolver.Lookup;
import dev.redoubt.proxy.resolver.Lookups;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The resolver as the lane has it, with files and a DNS server of the test's own. What it costs the lane is measured against a loop that does nothing on the same machine. */
@Timeout(60)
class LaneStaysFreeIT {
    private static final Duration LIMIT = Duration.ofMillis(50);
    private static final Duration HANG = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EventLoopGroup laneGroup = group();
    private final EventLoopGroup idleGroup = group();

    @TempDir
    Path directory;

    private static EventLoopGroup group() {
        return new MultiThreadIoEventLoopGroup(1, Sockets.of(Transport.AUTO).ioHandlers());
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
        laneGroup.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        idleGroup.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void resolverThatHangsForTenSecondsNeverBlocksTheLane() throws Exception {
        try (FakeDns dns = new FakeDns();
                Lookup lookup = lookup(dns)) {
            dns.hang();
            EventLoop loop = laneGroup.next();
            HostAddresses addresses = addresses(loop, lookup);
            Pulse lane = new Pulse(loop);
            Pulse idle = new Pulse(idleGroup.next());
            Queue<Answer> answers = new ConcurrentLinkedQueue<>();

            var attempts = loop.scheduleAtFixedRate(() -> attempt(addresses, answers), 0, 100, TimeUnit.MILLISECONDS);
            Eventually.holdsFor(
                    "the resolver's silence", HANG, () -> answers.stream().noneMatch(Answer.Found.class::isInstance));
            attempts.cancel(false);

            Duration blocked = lane.longestGap();
            Duration machine = idle.longestGap();
            System.out.println("lane: at most " + blocked.toMillis()
                    + " ms between two pulses 5 ms apart; a loop that does nothing: " + machine.toMillis() + " ms");
            assertTrue(answers.size() > 50, "attempts end in time: " + answers.size());
            assertTrue(
                    blocked.compareTo(LIMIT.plus(machine)) < 0,
                    "the lane stood still for " + blocked.toMillis() + " ms, an idle one for " + machine.toMillis());
        }
    }

    @Test
    void searchDomainsAreTriedAndNamesWithEnoughDotsAreNot() throws Exception {
        Files.writeString(directory.resolve("resolv.conf"), "search shop.svc svc\noptions ndots:2\n");
        try (FakeDns dns = new FakeDns();
                Lookup lookup = lookup(dns)) {
            dns.knows("redis.svc", "10.0.0.5");
            dns.knows("redis.shop.example", "10.0.0.6");

            assertEquals("10.0.0.5", found(lookup, "redis"));
            assertEquals("10.0.0.6", found(lookup, "redis.shop.example"));
            assertEquals(
                    "redis.shop.example", dns.questions().get(dns.questions().size() - 1));
        }
    }

    @Test
    void hostsFileGoesBeforeDnsAndItsChangesCount() throws Exception {
        try (FakeDns dns = new FakeDns();
                Lookup lookup = lookup(dns)) {
            dns.knows("redis", "10.0.0.5");
            Files.writeString(directory.resolve("hosts"), "10.0.0.9 redis\n");
            assertEquals("10.0.0.9", found(lookup, "redis"));
            assertEquals(List.of(), dns.questions());

            Files.writeString(directory.resolve("hosts"), "10.0.0.9 other\n");
            assertEquals("10.0.0.5", found(lookup, "redis"));
        }
    }

    @Test
    void searchDomainsThatChangeCountAtTheNextQuestion() throws Exception {
        try (FakeDns dns = new FakeDns();
                Lookup lookup = lookup(dns)) {
            dns.knows("redis.old", "10.0.0.5");
            dns.knows("redis.new", "10.0.0.6");
            Files.writeString(directory.resolve("resolv.conf"), "search old\n");
            assertEquals("10.0.0.5", found(lookup, "redis"));

            Files.writeString(directory.resolve("resolv.conf"), "search new\n");
            assertEquals("10.0.0.6", found(lookup, "redis"));
        }
    }

    private void attempt(HostAddresses addresses, Queue<Answer> answers) {
        addresses.find(answer -> {
            answers.add(answer);
            addresses.onFailed();
        });
    }

    private static String found(Lookup lookup, String name) throws Exception {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        lookup.start(name, answer::complete);
        Answer given = answer.get(20, TimeUnit.SECONDS);
        List<InetAddress> addresses = given instanceof Answer.Found found ? found.addresses() : List.of();
        return addresses.isEmpty() ? given.toString() : addresses.get(0).getHostAddress();
    }

    private Lookup lookup(FakeDns dns) throws IOException {
        ResolverSettings settings = new ResolverSettings(
                Resolver.DNS, List.of(new HostPort("127.0.0.1", dns.port())), Duration.ofSeconds(1));
        Lookups.SystemFiles files =
                new Lookups.SystemFiles(directory.resolve("hosts"), directory.resolve("resolv.conf"));
        return Lookups.dns(settings, files, Duration.ofSeconds(2), threads);
    }

    private static HostAddresses addresses(EventLoop loop, Lookup lookup) {
        Lane lane = new Lane(
                new EventLoopExecutor(loop), Clock.SYSTEM, new SplittableRandom(1), PooledByteBufAllocator.DEFAULT);
        return new HostAddresses("redis.test", lookup, lane, Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    /** Beats every 5 ms on a loop, and knows the longest time between two beats. */
    private static final class Pulse {
        private final EventLoop loop;
        private long last = System.nanoTime();
        private long longest;

        Pulse(EventLoop loop) {
            this.loop = loop;
            loop.scheduleAtFixedRate(this::beat, 0, 5, TimeUnit.MILLISECONDS);
        }

        private void beat() {
            long now = System.nanoTime();
            longest = Math.max(longest, now - last);
            last = now;
        }

        Duration longestGap() throws Exception {
            return Duration.ofNanos(loop.submit(() -> longest).get());
        }
    }
}
