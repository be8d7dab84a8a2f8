package dev.redoubt.it.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.config.FallbackRule;
import dev.redoubt.proxy.config.LockPolicy;
import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.config.ReadPolicy;
import dev.redoubt.proxy.config.WritePolicy;
import dev.redoubt.proxy.fallback.FallbackSettings;
import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import dev.redoubt.proxy.fallback.FlightRecorder;
import dev.redoubt.proxy.fallback.MemoryStore;
import dev.redoubt.proxy.fallback.Mode;
import dev.redoubt.proxy.fallback.Outcome;
import dev.redoubt.proxy.fallback.Reconciliation;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A Redis, which all of these classes share, a store that has recorded some traffic with it, the ways to bring the journal back, and what is at Redis then. */
abstract class ReconciliationFixture {
    static FallbackRedis redis;
    private static @Nullable FallbackRedis shared;

    FlightRecorder recorder;
    MemoryStore store;

    /** How the server lets us compare. */
    enum Way {
        SCRIPT,
        WATCH
    }

    @BeforeAll
    static void start() throws IOException {
        FallbackRedis running = shared;
        if (running == null) {
            running = new FallbackRedis().untilTheEnd();
            running.send("ACL", "SETUSER", "noscripts", "on", ">secret", "~*", "+@all", "-@scripting");
            shared = running;
        }
        redis = running;
    }

    @BeforeEach
    void flush() throws IOException {
        redis.send("FLUSHALL");
        begin(Recovery.REPLAY_IF_UNCHANGED);
    }

    void begin(Recovery recovery) {
        begin(new FallbackSettings.Builder().recovery(recovery, false).build());
    }

    /** Counters are journaled, as any other write is. */
    void beginCounting(Recovery recovery) {
        beginWith(WritePolicy.JOURNAL, WritePolicy.JOURNAL, recovery);
    }

    /** All keys by one rule; conflicts with their names. */
    void beginWith(WritePolicy write, WritePolicy counters, Recovery recovery) {
        FallbackRule rule = new FallbackRule(
                "*", ReadPolicy.STALE, OnMiss.NIL, write, LockPolicy.LOCAL, counters, Duration.ofDays(1));
        begin(new FallbackSettings.Builder()
                .rules(rule)
                .recovery(recovery, true)
                .build());
    }

    void begin(FallbackSettings settings) {
        recorder = new FlightRecorder(settings, Clock.SYSTEM, args -> null);
        store = new MemoryStore(settings, Clock.SYSTEM, new Random(1), recorder);
    }

    static String get(String key) throws IOException {
        return plain(redis.send("GET", key));
    }

    static String field(String key, String field) throws IOException {
        return plain(redis.send("HGET", key, field));
    }

    static String fields(String key) throws IOException {
        return plain(redis.send("HGETALL", key));
    }

    static String list(String key) throws IOException {
        return plain(redis.send("LRANGE", key, "0", "-1"));
    }

    /** In the order of the alphabet. */
    static String members(String key) throws IOException {
        String[] members = plain(redis.send("SMEMBERS", key)).split(" ");
        Arrays.sort(members);
        return String.join(" ", members);
    }

    /** A reply's strings, with spaces between them. */
    static String plain(String reply) {
        return reply.replaceAll("\\*\\d+|\\$-?\\d+", "").replaceAll("\\s+", " ").trim();
    }

    /** Redis is there: the command goes to it and is recorded. */
    void through(String... command) throws IOException {
        StringBuilder frame = new StringBuilder("*" + command.length + "\r\n");
        for (String argument : command) {
            frame.append('$')
                    .append(argument.length())
                    .append("\r\n")
                    .append(argument)
                    .append("\r\n");
        }
        byte[] sent = FallbackRedis.bytes(frame.toString());
        byte[] received = redis.sendRaw(sent);
        recorder.record(
                0,
                true,
                1,
                Unpooled.wrappedBuffer(sent),
                0,
                sent.length,
                Unpooled.wrappedBuffer(received),
                0,
                received.length);
        recorder.drain(() -> {});
    }

    /** Redis is away: the store answers. */
    String down(String... command) {
        return execute(Mode.OUTAGE, 0, command);
    }

    String execute(Mode mode, int db, String... command) {
        byte[][] arguments = Arrays.stream(command).map(FallbackRedis::bytes).toArray(byte[][]::new);
        ByteBuf out = Unpooled.buffer();
        assertEquals(Outcome.ANSWERED, store.execute(mode, db, arguments, 2, out), () -> List.of(command) + "");
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    void reconcile(Way way) throws IOException {
        reconcile(way, false);
    }

    void reconcile(Way way, boolean upstreamLostItsData) throws IOException {
        Reconciliation reconciliation = store.reconcile(upstreamLostItsData);
        try (FallbackRedis.Connection connection = connect(way)) {
            converse(reconciliation, connection, Unpooled.buffer(), Integer.MAX_VALUE);
        }
        assertEquals(Reconciliation.State.DONE, reconciliation.state(), String.valueOf(reconciliation.problem()));
    }

    interface Look {
        boolean hasArrived() throws IOException;
    }

    /** Brings the journal back until something has arrived; its replies are lost with the connection. */
    void loseReplies(Way way, Look look) throws IOException {
        Reconciliation lost = store.reconcile(false);
        ByteBuf out = Unpooled.buffer();
        try (FallbackRedis.Connection connection = connect(way)) {
            while (true) {
                int replies = lost.next(out.clear());
                connection.write(ByteBufUtil.getBytes(out));
                byte[][] frames = new byte[replies][];
                for (int i = 0; i < replies; i++) {
                    frames[i] = connection.readFrame();
                }
                if (look.hasArrived()) {
                    lost.onConnectionLost();
                    return;
                }
                for (byte[] frame : frames) {
                    lost.onReply(Unpooled.wrappedBuffer(frame));
                }
            }
        }
    }

    static FallbackRedis.Connection connect(Way way) throws IOException {
        FallbackRedis.Connection connection = redis.connect();
        if (way == Way.WATCH) {
            connection.send("AUTH", "noscripts", "secret");
        }
        return connection;
    }

    static void converse(Reconciliation reconciliation, FallbackRedis.Connection connection, ByteBuf out, int turns)
            throws IOException {
        for (int turn = 0; turn < turns; turn++) {
            int replies = reconciliation.next(out.clear());
            if (replies == 0) {
                return;
            }
            answer(reconciliation, connection, out, replies);
        }
    }

    static void answer(Reconciliation reconciliation, FallbackRedis.Connection connection, ByteBuf out, int replies)
            throws IOException {
        connection.write(ByteBufUtil.getBytes(out));
        for (int i = 0; i < replies; i++) {
            reconciliation.onReply(Unpooled.wrappedBuffer(connection.readFrame()));
        }
    }
}
