package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.command.CommandCatalog;
import dev.redoubt.proxy.config.ClientSettings;
import dev.redoubt.proxy.config.OutputBufferLimit;
import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.lane.TestSocket;
import dev.redoubt.proxy.resp.Wire;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Gauges;
import dev.redoubt.proxy.status.ProxyState;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.FakeConnection;
import dev.redoubt.proxy.upstream.FakeRedis;
import dev.redoubt.proxy.upstream.UpstreamFixture;
import dev.redoubt.proxy.upstream.UpstreamTimings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A lane's house with sessions over a {@link FakeRedis}. */
final class SessionFixture {
    static final Duration HOLD_BUDGET = Duration.ofSeconds(10);
    static final int LARGE_COMMAND = 64 * 1024;
    static final long UNREAD_OUTPUT = 256 * 1024;
    static final long OUTPUT_LIMIT = 1 << 20;
    static final OutputBufferLimit PUBSUB_LIMIT = new OutputBufferLimit(512 << 10, 128 << 10, Duration.ofSeconds(60));
    static final long QUERY_BUFFER = 1 << 20;
    static final long MAX_BULK = 8 << 20;

    private final DeskMemory memory = new DeskMemory();
    private final UpstreamFixture upstream;
    private final House house;

    SessionFixture() {
        this(UpstreamFixture.TIMINGS, null);
    }

    SessionFixture(UpstreamTimings timings, @Nullable Credentials credentials) {
        this(timings, credentials, null);
    }

    /** @param own the proxy's own users; null where Redis checks clients' passwords */
    SessionFixture(UpstreamTimings timings, @Nullable Credentials credentials, @Nullable OwnUsers own) {
        upstream = new UpstreamFixture(memory, timings, credentials);
        house = new House(
                upstream.lane(),
                upstream.server(),
                upstream.leases(),
                upstream.subscriptions(),
                new CommandCatalog(UpstreamFixture.TABLE),
                upstream.scripts(),
                memory,
                own == null ? new UpstreamAuthenticator(upstream.server(), upstream.lane()) : own,
                new Clients(),
                upstream.counters(),
                new ClientSettings(
                        10_000,
                        1_024,
                        UNREAD_OUTPUT,
                        OUTPUT_LIMIT,
                        PUBSUB_LIMIT,
                        256 << 20,
                        QUERY_BUFFER,
                        LARGE_COMMAND,
                        MAX_BULK,
                        1 << 20,
                        Duration.ZERO,
                        Duration.ZERO),
                HOLD_BUDGET,
                0,
                () -> status(upstream));
    }

    private static ProxyStatus status(UpstreamFixture upstream) {
        return new ProxyStatus(
                ProxyState.UP,
                0,
                upstream.server().description(),
                true,
                null,
                OptionalLong.empty(),
                null,
                null,
                upstream.counters().copy(),
                new Gauges(),
                List.of(),
                List.of());
    }

    /** Redis is there; runs the loop. */
    SessionFixture start() {
        upstream.start();
        return this;
    }

    TestLoop loop() {
        return upstream.loop();
    }

    FakeRedis redis() {
        return upstream.redis();
    }

    DeskMemory memory() {
        return memory;
    }

    House house() {
        return house;
    }

    long count(Counter counter) {
        return upstream.count(counter);
    }

    int openClients() {
        return house.clients().size();
    }

    /** A client connects. */
    Client connect() {
        return new Client(new TestSocket(loop(), new ClientSession(house)));
    }

    /** One that has made the shared connection ready with a first command. */
    Client connectReady() {
        Client client = connect();
        client.send("PING");
        data().takeReceived();
        data().reply("+PONG\r\n");
        client.expect("+PONG\r\n");
        return client;
    }

    /** The newest shared connection, as Redis sees it. */
    FakeConnection data() {
        return redis().connection("data");
    }

    FakeConnection lease() {
        return redis().connection("lease");
    }

    /** All clients and connections end. */
    void close() {
        house.clients().all().forEach(ClientSession::close);
        loop().run();
        upstream.close();
    }

    /** One client of the proxy. */
    static final class Client {
        private final TestSocket socket;

        Client(TestSocket socket) {
            this.socket = socket;
        }

        TestSocket socket() {
            return socket;
        }

        /** Sends commands with one write, each written as words. */
        Client send(String... commands) {
            socket.receive(Wire.commands(commands));
            return this;
        }

        Client sendRaw(String bytes) {
            socket.receive(bytes);
            return this;
        }

        /** What it was sent since the last call. */
        String received() {
            return socket.takeSentText();
        }

        /** Exactly that was sent since the last call. */
        void expect(String replies) {
            assertEquals(replies, received());
        }

        boolean isOpen() {
            return socket.isOpen();
        }
    }
}
