package dev.redoubt.it.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.fallback.Reconciliation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may go wrong, or go on, while the journal is brought to a real Redis. */
class ReconciliationTroubleIT extends ReconciliationFixture {
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
}
