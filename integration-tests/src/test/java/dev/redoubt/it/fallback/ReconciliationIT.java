package dev.redoubt.it.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.fallback.FallbackSettings;
import dev.redoubt.proxy.fallback.FallbackSettings.OnMiss;
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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was acknowledged during an outage reaches a real Redis, or does not, as the setting says; by script and by WATCH. */
class ReconciliationIT {
    private static FallbackRedis redis;

    private FlightRecorder recorder;
    private MemoryStore store;

    /** How the server lets us compare. */
    enum Way {
        SCRIPT,
        WATCH
    }

    @BeforeAll
    static void start() throws IOException {
        redis = new FallbackRedis();
        redis.send("ACL", "SETUSER", "noscripts", "on", ">secret", "~*", "+@all", "-@scripting");
    }

    @AfterAll
    static void stop() throws IOException {
        redis.close();
    }

    @BeforeEach
    void flush() throws IOException {
        redis.send("FLUSHALL");
        begin(Recovery.REPLAY_IF_UNCHANGED);
    }

    private void begin(Recovery recovery) {
        FallbackSettings base = FallbackSettings.DEFAULTS;
        FallbackSettings settings = new FallbackSettings(
                true,
                base.maxKnownBytes(),
                base.largestKnownValueBytes(),
                null,
                OnMiss.NIL,
                base.keyPatterns(),
                base.journalMaxBytes(),
                base.journalMaxEntries(),
                recovery,
                base.recorderBytes(),
                base.recorderCpuPercent());
        recorder = new FlightRecorder(settings, Clock.SYSTEM, args -> null);
        store = new MemoryStore(settings, Clock.SYSTEM, new Random(1), recorder);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void unchangedKeyTakesOurValue(Way way) throws IOException {
        through("SET", "k", "old");
        through("GET", "never:there");
        down("SET", "k", "new");
        down("SET", "never:there", "new");
        down("SET", "never:seen", "new");

        reconcile(way);

        assertEquals("new", get("k"));
        assertEquals("new", get("never:there"));
        assertEquals("new", get("never:seen"));
        assertEquals(0, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void keyThatSomebodyElseWroteIsAConflict(Way way) throws IOException {
        through("SET", "k", "old");
        through("GET", "absent");
        down("SET", "k", "ours");
        down("SET", "absent", "ours");
        down("SET", "never:seen", "ours");
        down("SET", "gone", "ours");
        redis.send("MSET", "k", "theirs", "absent", "theirs", "never:seen", "theirs");

        reconcile(way);

        assertEquals("theirs", get("k"));
        assertEquals("theirs", get("absent"));
        assertEquals("theirs", get("never:seen"));
        assertEquals("ours", get("gone"));
        assertEquals(3, store.stats().conflicts());
        assertEquals(3, store.conflicts().size());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void keyThatSomebodyElseDeletedIsAConflictUnlessRedisLostItsData(Way way) throws IOException {
        through("SET", "k", "old");
        down("SET", "k", "ours");
        redis.send("DEL", "k");

        reconcile(way);
        assertEquals("", get("k"));
        assertEquals(1, store.stats().conflicts());

        redis.send("SET", "k", "old");
        through("SET", "k", "old");
        down("SET", "k", "ours");
        redis.send("DEL", "k");
        reconcile(way, true);
        assertEquals("ours", get("k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void remainingExpiryIsKept(Way way) throws IOException {
        through("SET", "k", "old");
        long expiry = System.currentTimeMillis() + 500_000;
        down("SET", "k", "new", "PXAT", Long.toString(expiry));

        reconcile(way);

        assertEquals("new", get("k"));
        assertEquals(":" + expiry + "\r\n", redis.send("PEXPIRETIME", "k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void changeOfExpiryAloneLeavesTheValue(Way way) throws IOException {
        long expiry = System.currentTimeMillis() + 500_000;
        through("SET", "k", "v");
        through("SET", "p", "v", "EX", "100");
        down("PEXPIREAT", "k", Long.toString(expiry));
        down("PERSIST", "p");

        reconcile(way);

        assertEquals(":" + expiry + "\r\n", redis.send("PEXPIRETIME", "k"));
        assertEquals(":-1\r\n", redis.send("TTL", "p"));
        assertEquals("v", get("k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void expiryThatWasNeverSeenIsLeftAlone(Way way) throws IOException {
        redis.send("SET", "k", "v", "EX", "1000");
        through("GET", "k");
        down("SET", "k", "w", "KEEPTTL");

        reconcile(way);

        assertEquals("w", get("k"));
        assertEquals(":1000\r\n", redis.send("TTL", "k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void valueWhoseTimePassedTakesTheOldOneAlong(Way way) throws IOException {
        through("MSET", "k", "old", "changed", "old");
        String past = Long.toString(System.currentTimeMillis() - 1);
        down("SET", "k", "short", "PXAT", past);
        down("SET", "changed", "short", "PXAT", past);
        redis.send("SET", "changed", "theirs");

        reconcile(way);

        assertEquals("", get("k"));
        assertEquals("theirs", get("changed"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void deletesAreReplayedWhateverIsThere(Way way) throws IOException {
        through("SET", "k", "old");
        down("DEL", "k", "hash", "nothing");
        redis.send("SET", "k", "theirs");
        redis.send("HSET", "hash", "f", "v");

        reconcile(way);

        assertEquals(":0\r\n", redis.send("EXISTS", "k", "hash"));
        assertTrue(store.isReconciled());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anotherTypeIsAConflict(Way way) throws IOException {
        begin(Recovery.LAST_WRITER_WINS);
        down("SET", "k", "ours");
        redis.send("HSET", "k", "f", "v");

        reconcile(way);

        assertEquals("+hash\r\n", redis.send("TYPE", "k"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void lastWriterIsUs(Way way) throws IOException {
        begin(Recovery.LAST_WRITER_WINS);
        through("SET", "k", "old");
        down("SET", "k", "ours");
        redis.send("SET", "k", "theirs");

        reconcile(way);

        assertEquals("ours", get("k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void upstreamWinsWhereItHasTheKey(Way way) throws IOException {
        begin(Recovery.UPSTREAM_WINS);
        through("SET", "k", "old");
        down("SET", "k", "ours");
        down("SET", "fresh", "ours");

        reconcile(way);

        assertEquals("old", get("k"));
        assertEquals("ours", get("fresh"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatWasWrittenBeforeAnyUpstreamGoesOnlyToAbsentKeys(Way way) throws IOException {
        begin(Recovery.LAST_WRITER_WINS);
        execute(Mode.MEMORY_ONLY, 0, "MSET", "k", "ours", "fresh", "ours");
        redis.send("SET", "k", "theirs");

        reconcile(way);

        assertEquals("theirs", get("k"));
        assertEquals("ours", get("fresh"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everyDatabaseGetsItsOwn(Way way) throws IOException {
        execute(Mode.OUTAGE, 3, "SET", "k", "three");
        execute(Mode.OUTAGE, 0, "SET", "k", "zero");
        execute(Mode.MEMORY_ONLY, 99, "SET", "k", "nowhere");
        execute(Mode.OUTAGE, 3, "SET", "l", "three");

        reconcile(way);

        assertEquals("zero", get("k"));
        redis.send("SELECT", "3");
        assertEquals("*2\r\n$5\r\nthree\r\n$5\r\nthree\r\n", redis.send("MGET", "k", "l"));
        redis.send("SELECT", "0");
        assertEquals(1, store.stats().conflicts(), "there is no database 99");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void ownValueThatArrivedByALostConnectionCountsAsUnchanged(Way way) throws IOException {
        through("SET", "k", "old");
        down("SET", "k", "first");
        ByteBuf out = Unpooled.buffer();
        Reconciliation lost = store.reconcile(false);
        try (FallbackRedis.Connection connection = connect(way)) {
            converse(lost, connection, out, 1);
            int replies = writeThatChanges(lost, connection, out);
            connection.write(ByteBufUtil.getBytes(out));
            for (int i = 0; i < replies; i++) {
                connection.readFrame();
            }
            lost.onConnectionLost();
        }
        assertEquals("first", get("k"));
        down("SET", "k", "second");

        reconcile(way);

        assertEquals("second", get("k"));
        assertEquals(0, store.stats().conflicts());
    }

    /** Goes on until the next commands are those that write. */
    private static int writeThatChanges(Reconciliation reconciliation, FallbackRedis.Connection connection, ByteBuf out)
            throws IOException {
        int replies = reconciliation.next(out.clear());
        while (!out.toString(StandardCharsets.ISO_8859_1).contains("first")
                || out.toString(StandardCharsets.ISO_8859_1).contains("EVAL") && deniesScripts(connection)) {
            answer(reconciliation, connection, out, replies);
            replies = reconciliation.next(out.clear());
        }
        return replies;
    }

    private static boolean deniesScripts(FallbackRedis.Connection connection) throws IOException {
        return connection.send("ACL", "WHOAMI").contains("noscripts");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void keyWrittenAgainMeanwhileIsSentAgain(Way way) throws IOException {
        through("SET", "k", "old");
        down("SET", "k", "first");
        ByteBuf out = Unpooled.buffer();
        Reconciliation reconciliation = store.reconcile(false);
        try (FallbackRedis.Connection connection = connect(way)) {
            converse(reconciliation, connection, out, 1);
            int replies = writeThatChanges(reconciliation, connection, out);
            down("SET", "k", "second");
            answer(reconciliation, connection, out, replies);
            assertEquals("first", get("k"));

            converse(reconciliation, connection, out, Integer.MAX_VALUE);
        }

        assertEquals("second", get("k"));
        assertEquals(Reconciliation.State.DONE, reconciliation.state());
        assertEquals(0, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void manyEntriesGoInOrderAndTheJournalIsEmpty(Way way) throws IOException {
        int keys = way == Way.SCRIPT ? 5_000 : 500;
        for (int i = 0; i < keys; i++) {
            down("SET", "k" + i, "v" + i, "EX", "1000");
        }

        reconcile(way);

        assertEquals(":" + keys + "\r\n", redis.send("DBSIZE"));
        assertEquals("v77", get("k77"));
        assertEquals(0, store.stats().journalEntries());
        assertEquals(0, store.stats().journalBytes());
        assertEquals(keys, store.stats().replayed());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatWasReplayedIsKnownAndTheRestIsNot(Way way) throws IOException {
        through("MSET", "k", "old", "other", "v");
        down("SET", "k", "new");

        reconcile(way);
        recorder.drain(() -> {});

        assertEquals("*2\r\n$3\r\nnew\r\n$-1\r\n", down("MGET", "k", "other"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void scriptsFlushedInTheMiddleAreSentAgain(Way way) throws IOException {
        for (int i = 0; i < 300; i++) {
            down("SET", "k" + i, "v");
        }
        ByteBuf out = Unpooled.buffer();
        Reconciliation reconciliation = store.reconcile(false);
        try (FallbackRedis.Connection connection = connect(way)) {
            converse(reconciliation, connection, out, 2);
            redis.send("SCRIPT", "FLUSH");
            converse(reconciliation, connection, out, Integer.MAX_VALUE);
        }

        assertEquals(Reconciliation.State.DONE, reconciliation.state());
        assertEquals(":300\r\n", redis.send("DBSIZE"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void readOnlyServerPausesAndLosesNothing(Way way) throws IOException {
        down("SET", "k", "v");
        redis.send("REPLICAOF", "127.0.0.1", "1");
        redis.send("CONFIG", "SET", "replica-serve-stale-data", "yes");
        Reconciliation reconciliation = store.reconcile(false);
        try (FallbackRedis.Connection connection = connect(way)) {
            converse(reconciliation, connection, Unpooled.buffer(), Integer.MAX_VALUE);
        } finally {
            redis.send("REPLICAOF", "NO", "ONE");
        }
        assertEquals(Reconciliation.State.PAUSED, reconciliation.state());
        assertTrue(reconciliation.problem().contains("READONLY"), reconciliation.problem());

        reconcile(way);

        assertEquals("v", get("k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void keyThatTheUserMayNotWriteIsAConflictAndStopsNobody(Way way) throws IOException {
        String[] rights = {"ACL", "SETUSER", "fenced", "on", ">secret", "resetkeys", "~ok:*", "+@all"};
        redis.send(rights);
        if (way == Way.WATCH) {
            redis.send("ACL", "SETUSER", "fenced", "-@scripting");
        }
        down("SET", "forbidden", "v");
        down("DEL", "forbidden:too");
        down("SET", "ok:1", "v");
        Reconciliation reconciliation = store.reconcile(false);
        try (FallbackRedis.Connection connection = redis.connect()) {
            connection.send("AUTH", "fenced", "secret");
            converse(reconciliation, connection, Unpooled.buffer(), Integer.MAX_VALUE);
        }
        redis.send("ACL", "DELUSER", "fenced");

        assertEquals(Reconciliation.State.DONE, reconciliation.state());
        assertEquals("v", get("ok:1"));
        assertEquals(2, store.stats().conflicts());
    }

    private String get(String key) throws IOException {
        String[] lines = redis.send("GET", key).split("\r\n");
        return lines.length > 1 ? lines[1] : "";
    }

    /** Redis is there: the command goes to it and is recorded. */
    private void through(String... command) throws IOException {
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
    private String down(String... command) {
        return execute(Mode.OUTAGE, 0, command);
    }

    private String execute(Mode mode, int db, String... command) {
        byte[][] arguments = Arrays.stream(command).map(FallbackRedis::bytes).toArray(byte[][]::new);
        ByteBuf out = Unpooled.buffer();
        assertEquals(Outcome.ANSWERED, store.execute(mode, db, arguments, 2, out), () -> List.of(command) + "");
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private void reconcile(Way way) throws IOException {
        reconcile(way, false);
    }

    private void reconcile(Way way, boolean upstreamLostItsData) throws IOException {
        Reconciliation reconciliation = store.reconcile(upstreamLostItsData);
        try (FallbackRedis.Connection connection = connect(way)) {
            converse(reconciliation, connection, Unpooled.buffer(), Integer.MAX_VALUE);
        }
        assertEquals(Reconciliation.State.DONE, reconciliation.state(), String.valueOf(reconciliation.problem()));
    }

    private static FallbackRedis.Connection connect(Way way) throws IOException {
        FallbackRedis.Connection connection = redis.connect();
        if (way == Way.WATCH) {
            connection.send("AUTH", "noscripts", "secret");
        }
        return connection;
    }

    private static void converse(
            Reconciliation reconciliation, FallbackRedis.Connection connection, ByteBuf out, int turns)
            throws IOException {
        for (int turn = 0; turn < turns; turn++) {
            int replies = reconciliation.next(out.clear());
            if (replies == 0) {
                return;
            }
            answer(reconciliation, connection, out, replies);
        }
    }

    private static void answer(
            Reconciliation reconciliation, FallbackRedis.Connection connection, ByteBuf out, int replies)
            throws IOException {
        connection.write(ByteBufUtil.getBytes(out));
        for (int i = 0; i < replies; i++) {
            reconciliation.onReply(Unpooled.wrappedBuffer(connection.readFrame()));
        }
    }
}
