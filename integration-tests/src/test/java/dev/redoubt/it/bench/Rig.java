package dev.redoubt.it.bench;

import dev.redoubt.it.redis.TestPki;
import dev.redoubt.it.redis.TestPki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** Starts what is measured, on free loopback ports, and waits until each answers. Confined to the bench's thread. */
final class Rig {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(2);

    private final Children children;
    private final Tools tools;
    private final List<String> notes = new ArrayList<>();

    Rig(Children children, Tools tools) {
        this.children = children;
        this.tools = tools;
    }

    /** What could not be started, and why. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** A Redis that keeps nothing on disk. */
    Endpoint redis() throws IOException {
        return redis(List.of());
    }

    /** The same with a port for TLS too. */
    Endpoint redis(TestPki pki, int tlsPort) throws IOException {
        Identity own = pki.local("redis");
        List<String> options = new ArrayList<>(List.of("--tls-port", "" + tlsPort, "--tls-auth-clients", "no"));
        options.addAll(List.of("--tls-cert-file", own.certificate().toString()));
        options.addAll(List.of("--tls-key-file", own.key().toString()));
        options.addAll(List.of("--tls-ca-cert-file", pki.ca().toString()));
        return redis(options);
    }

    private Endpoint redis(List<String> options) throws IOException {
        String server = tools.redisServer()
                .orElseThrow(() -> new IOException("redis-server is not installed: the bench needs it"));
        int port = RedisWire.freePort();
        List<String> command = new ArrayList<>(List.of(server, "--port", "" + port, "--bind", "127.0.0.1"));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--loglevel", "warning"));
        command.addAll(List.of("--dir", children.directory().toString()));
        command.addAll(options);
        return started("redis", port, command).orElseThrow(() -> new IOException("redis-server did not start"));
    }

    /** HAProxy as a plain TCP relay with one thread: the yardstick for the cost of moving bytes. */
    Optional<Endpoint> haproxy(int redisPort) throws IOException {
        Optional<String> haproxy = installed("haproxy");
        if (haproxy.isEmpty()) {
            return Optional.empty();
        }
        int port = RedisWire.freePort();
        Path config = write("haproxy.cfg", """
            global
              nbthread 1
              maxconn 4000
            defaults
              mode tcp
              timeout connect 5s
              timeout client 60s
              timeout server 60s
            listen redis
              bind 127.0.0.1:%d
              server one 127.0.0.1:%d
            """.formatted(port, redisPort));
        return started(Goals.HAPROXY, port, List.of(haproxy.get(), "-db", "-f", config.toString()));
    }

    /** twemproxy with one upstream connection, as Redoubt has. */
    Optional<Endpoint> twemproxy(int redisPort) throws IOException {
        Optional<String> nutcracker = installed("nutcracker");
        if (nutcracker.isEmpty()) {
            return Optional.empty();
        }
        int port = RedisWire.freePort();
        Path config = write("twemproxy.yml", """
            bench:
              listen: 127.0.0.1:%d
              redis: true
              hash: fnv1a_64
              distribution: ketama
              auto_eject_hosts: false
              timeout: 5000
              server_connections: 1
              servers:
               - 127.0.0.1:%d:1
            """.formatted(port, redisPort));
        List<String> command = new ArrayList<>(List.of(nutcracker.get(), "-c", config.toString()));
        command.addAll(List.of("-a", "127.0.0.1", "-s", "" + RedisWire.freePort()));
        command.addAll(
                List.of("-p", children.directory().resolve("twemproxy.pid").toString()));
        command.addAll(List.of("-o", children.log("twemproxy-own").toString()));
        return started(Goals.TWEMPROXY, port, command);
    }

    Optional<Endpoint> redoubt(Variant variant, int redisPort) throws IOException {
        return redoubt(variant, "redis://127.0.0.1:" + redisPort);
    }

    Optional<Endpoint> redoubt(Variant variant, String upstream) throws IOException {
        if (!isBuilt(variant)) {
            return Optional.empty();
        }
        int port = RedisWire.freePort();
        return started(variant.name(), port, variant.command(port, upstream, RedisWire.freePort()));
    }

    boolean isBuilt(Variant variant) {
        if (Files.isRegularFile(variant.jar())) {
            return true;
        }
        notes.add(variant.name() + ": not built (" + variant.jar().getFileName() + " is not there), left out");
        return false;
    }

    /** Pauses shortly between two looks at something that is about to happen. */
    static void pause() {
        LockSupport.parkNanos(POLL.toNanos());
    }

    private Optional<Endpoint> started(String name, int port, List<String> command) throws IOException {
        Process process = children.start(name, command);
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (RedisWire.askOnce(port, "PING").filter("+PONG"::equals).isPresent()) {
                return Optional.of(new Endpoint(name, port, OptionalLong.of(process.pid())));
            }
            pause();
        }
        children.end(process);
        notes.add(name + ": did not start, left out; its output is in "
                + children.log(name).getFileName());
        return Optional.empty();
    }

    private Optional<String> installed(String program) {
        Optional<String> found = tools.find(program);
        if (found.isEmpty()) {
            notes.add(program + ": not installed, left out");
        }
        return found;
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(children.directory().resolve(name), content);
    }
}
