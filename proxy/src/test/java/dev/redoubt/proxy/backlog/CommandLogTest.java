package dev.redoubt.proxy.backlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.resp.Wire;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLogTest {
    private static final int CHUNK = CommandLog.CHUNK_BYTES;
    private static final int LARGE_RING = 20_000;

    private final LogFixture fixture = new LogFixture();
    private final CommandLog log = fixture.log();
    private final RecordingSink sink = new RecordingSink();

    private static String wire(String... commands) {
        return new String(Wire.commands(commands), StandardCharsets.ISO_8859_1);
    }

    // ---- appending and writing

    @Test
    void runsOfAllClientsGoOutInOrderAsOneSlice() {
        fixture.run(sink, "SET a 1", "GET a");
        fixture.run(new RecordingSink(), "INCR n");
        fixture.unit(sink, "MULTI", "DEL a", "EXEC");

        List<String> slices = fixture.write();

        assertEquals(List.of(wire("SET a 1", "GET a", "INCR n", "MULTI", "DEL a", "EXEC")), slices);
        assertFalse(log.hasUnwritten());
        assertEquals(6, log.commands());
        fixture.answer(6);
        fixture.closeEmpty();
    }

    @Test
    void whatWasWrittenIsNotWrittenAgain() {
        fixture.run(sink, "GET a");
        fixture.write();
        fixture.run(sink, "GET b");

        assertEquals(List.of(wire("GET b")), fixture.write());
        assertNull(log.nextUnwritten());
        fixture.answer(2);
        fixture.closeEmpty();
    }

    @Test
    void unwrittenBytesAreThoseOfTheBacklog() {
        fixture.run(sink, "GET a");
        fixture.write();
        fixture.run(sink, "GET b", "GET c");

        assertEquals(wire("GET b", "GET c").length(), log.unwrittenBytes());
        assertTrue(log.hasUnwritten());
        fixture.write();
        fixture.answer(3);
        fixture.closeEmpty();
    }

    @Test
    void sliceEndsWithItsChunk() {
        String value = "x".repeat(CHUNK / 2);
        fixture.run(sink, "SET a " + value);
        fixture.run(sink, "SET b " + value);
        fixture.run(sink, "GET c");

        List<String> slices = fixture.write();

        assertEquals(List.of(wire("SET a " + value), wire("SET b " + value, "GET c")), slices);
        assertEquals(2 * CHUNK, log.aliveBytes());
        fixture.answer(3);
        fixture.closeEmpty();
    }

    @Test
    void commandLargerThanAChunkHasOneOfItsOwnSize() {
        String large = "SET a " + "x".repeat(3 * CHUNK);
        fixture.run(sink, large);

        assertEquals(wire(large).length(), log.aliveBytes());
        assertEquals(fixture.allocated(), log.aliveBytes());
        assertEquals(List.of(wire(large)), fixture.write());
        fixture.answer(1);
        fixture.closeEmpty();
    }

    // ---- memory

    @Test
    void oneChunkServesForEverWhileRepliesKeepUp() {
        for (int i = 0; i < 10_000; i++) {
            fixture.run(sink, "SET key some-value-of-some-length");
            fixture.write();
            fixture.answer(1);
        }

        assertEquals(CHUNK, log.aliveBytes());
        assertEquals(CHUNK, fixture.allocated());
        fixture.closeEmpty();
    }

    @Test
    void chunkThatTheSocketStillReadsIsNotWrittenOver() {
        fixture.run(sink, "SET a 1");
        ByteBuf slice = log.nextUnwritten();
        assertNotNull(slice);
        fixture.answer(1);

        fixture.run(sink, "SET b 2");

        assertEquals(wire("SET a 1"), Wire.text(slice));
        assertEquals(List.of(wire("SET b 2")), fixture.write());
        fixture.answer(1);
        fixture.closeEmpty();
    }

    @Test
    void chunkIsGivenBackWithItsLastCommand() {
        String third = "x".repeat(CHUNK / 3);
        for (int i = 0; i < 5; i++) {
            fixture.run(sink, "SET a " + third);
        }
        fixture.write();
        assertEquals(3 * CHUNK, fixture.allocated());

        fixture.answer(1);
        assertEquals(3 * CHUNK, fixture.allocated());
        fixture.answer(1);
        assertEquals(2 * CHUNK, fixture.allocated());
        assertEquals(2 * CHUNK, log.aliveBytes());

        fixture.answer(3);
        fixture.closeEmpty();
    }

    @Test
    void limitIsAskedAboutTheMemoryThatACommandWouldKeepAlive() {
        assertEquals(CHUNK, log.growthFor(10));
        assertEquals(2 * CHUNK, log.growthFor(2 * CHUNK));
        fixture.run(sink, "GET a");

        assertEquals(0, log.growthFor(10));
        assertEquals(0, log.growthFor(CHUNK - wire("GET a").length()));
        assertEquals(CHUNK, log.growthFor(CHUNK - wire("GET a").length() + 1));
        fixture.write();
        fixture.answer(1);
        fixture.closeEmpty();
    }

    @Test
    void unusedChunkIsReplacedByOneThatIsLargeEnough() {
        fixture.run(sink, "GET a");
        fixture.write();
        fixture.answer(1);

        fixture.run(sink, "SET a " + "x".repeat(2 * CHUNK));

        assertEquals(fixture.allocated(), log.aliveBytes());
        fixture.write();
        fixture.answer(1);
        fixture.closeEmpty();
    }

    @Test
    void longBacklogIsKeptInOrderThroughTheGrowthOfTheRing() {
        for (int i = 0; i < LARGE_RING; i++) {
            fixture.run(sink, "GET k" + i);
        }

        String written = String.join("", fixture.write());

        String[] all = new String[LARGE_RING];
        for (int i = 0; i < LARGE_RING; i++) {
            all[i] = "GET k" + i;
        }
        assertEquals(wire(all), written);
        fixture.answer(LARGE_RING);
        assertTrue(log.isEmpty());
        fixture.run(sink, "GET after");
        assertEquals(List.of(wire("GET after")), fixture.write());
        fixture.answer(1);
        fixture.closeEmpty();
    }

    @Test
    void logWithCommandsIsNotClosed() {
        fixture.run(sink, "GET a");

        assertThrows(IllegalStateException.class, log::close);

        fixture.write();
        fixture.answer(1);
        fixture.closeEmpty();
    }

    // ---- replies

    @Test
    void headIsTheOldestThatHasNotAllItsReplies() {
        RecordingSink other = new RecordingSink();
        fixture.run(sink, "GET a", "GET b");
        fixture.run(other, "GET c");
        assertNull(log.head(), "nothing is written");
        fixture.write();

        Entry first = log.head();
        assertEquals(sink, first.owner());
        log.headAnswered(first, 1);
        assertEquals(first, log.head());
        assertEquals(1, first.unanswered());
        assertEquals(2, log.commands());
        log.headAnswered(first, 1);

        assertEquals(other, log.head().owner());
        fixture.answer(1);
        assertNull(log.head());
        fixture.closeEmpty();
    }

    @Test
    void oldestInFlightIsThatOfTheHead() {
        assertEquals(-1, log.oldestInFlightNanos());
        fixture.runAt(5, sink, "GET a");
        fixture.runAt(7, sink, "GET b");
        assertEquals(-1, log.oldestInFlightNanos());
        fixture.write();

        assertEquals(5, log.oldestInFlightNanos());
        fixture.answer(1);
        assertEquals(7, log.oldestInFlightNanos());
        fixture.answer(1);
        fixture.closeEmpty();
    }

    // ---- clients that have left

    @Test
    void unwrittenCommandsOfAClientThatLeftAreDropped() {
        RecordingSink gone = new RecordingSink();
        fixture.run(sink, "SET a 1");
        fixture.run(gone, "SET b 2", "SET c 3");
        fixture.run(sink, "SET d 4");
        gone.leave();

        List<String> slices = fixture.write();

        assertEquals(wire("SET a 1", "SET d 4"), String.join("", slices));
        assertEquals(2, log.commands());
        fixture.answer(2);
        assertNull(log.head());
        assertEquals(List.of(), gone.takeEvents());
        fixture.closeEmpty();
    }

    @Test
    void onlyCommandsOfClientsThatLeftLeaveAnEmptyLog() {
        RecordingSink gone = new RecordingSink();
        fixture.run(gone, "SET a 1");
        fixture.unit(gone, "MULTI", "SET b 2", "EXEC");
        gone.leave();

        assertEquals(List.of(), fixture.write());
        assertNull(log.head());
        assertTrue(log.isEmpty());
        fixture.closeEmpty();
    }

    @Test
    void writtenCommandsOfAClientThatLeftKeepTheirPlace() {
        RecordingSink gone = new RecordingSink();
        fixture.run(gone, "SET a 1");
        fixture.run(sink, "GET a");
        fixture.write();
        gone.leave();

        assertEquals(gone, log.head().owner());
        fixture.answer(2);
        fixture.closeEmpty();
    }

    // ---- errors in line, and commands that bypass the log

    @Test
    void errorWaitsForWhatIsBeforeIt() {
        List<String> events = new ArrayList<>();
        RecordingSink client = new RecordingSink("c", events);
        fixture.run(client, "GET a");
        log.appendError(client, "INDOUBT x", 0);
        fixture.run(client, "GET b");

        assertEquals(wire("GET a", "GET b"), String.join("", fixture.write()));
        log.head();
        assertEquals(List.of(), events);
        log.headAnswered(log.head(), 1);
        events.add("first reply");
        assertEquals(1, log.head().unanswered());

        assertEquals(List.of("first reply", "c failure INDOUBT"), events);
        fixture.answer(1);
        fixture.closeEmpty();
    }

    @Test
    void errorWithNothingBeforeItIsDeliveredWhenItsTurnComes() {
        log.appendError(sink, "INDOUBT x", 0);
        log.appendError(sink, "CURSORLOST x", 0);

        fixture.write();
        assertNull(log.head());

        assertEquals(List.of("failure INDOUBT", "failure CURSORLOST"), sink.takeEvents());
        fixture.closeEmpty();
    }

    @Test
    void streamedCommandHasAPlaceInTheRepliesAndNoBytes() {
        fixture.run(sink, "PING");
        log.appendStreamed(sink, 3);
        fixture.run(sink, "PING");

        assertEquals(wire("PING", "PING"), String.join("", fixture.write()));
        assertEquals(3, log.commands());
        fixture.answer(1);
        assertEquals(Entry.Kind.STREAMED, log.head().kind());
        assertEquals(3, log.head().acceptedNanos());
        fixture.answer(2);
        fixture.closeEmpty();
    }

    // ---- visits

    @Test
    void unwrittenEntriesCanBeEndedInTheMiddle() {
        fixture.run(sink, "SET a 1");
        fixture.write();
        fixture.run(sink, "SET b 2");
        fixture.run(sink, "SET c 3", "SET d 4");
        fixture.run(sink, "SET e 5");
        List<Integer> visited = new ArrayList<>();

        log.forEachUnwritten(entry -> {
            visited.add(entry.count());
            if (entry.count() == 2) {
                log.failInTurn(entry, "ERR late");
                log.deliverError(entry);
            }
        });

        assertEquals(List.of(1, 2, 1), visited);
        assertEquals(3, log.commands());
        assertEquals(wire("SET b 2", "SET e 5").length(), log.unwrittenBytes());
        assertEquals(wire("SET b 2", "SET e 5"), String.join("", fixture.write()));
        fixture.answer(3);
        fixture.closeEmpty();
    }

    @Test
    void everythingThatHasNotEndedIsVisitedWithItsArguments() {
        fixture.run(sink, "SET a 1");
        fixture.write();
        fixture.run(sink, "SET b 2", "DEL c");
        fixture.unit(sink, "MULTI", "INCR d", "EXEC");
        log.appendError(sink, "INDOUBT x", 0);
        List<String> visited = new ArrayList<>();

        log.forEach(entry -> entry.forEachCommand(arguments -> visited.add(new String(arguments[0]))));

        assertEquals(List.of("SET", "SET", "DEL", "MULTI", "INCR", "EXEC"), visited);
        fixture.write();
        fixture.answer(6);
        fixture.closeEmpty();
    }
}
