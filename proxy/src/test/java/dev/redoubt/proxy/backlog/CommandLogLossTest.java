package dev.redoubt.proxy.backlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.resp.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a log knows of its commands when its connection is lost. */
class CommandLogLossTest {
    private final LogFixture fixture = new LogFixture();
    private final CommandLog log = fixture.log();
    private final RecordingSink sink = new RecordingSink();

    private static String wire(String... commands) {
        return new String(Wire.commands(commands), StandardCharsets.ISO_8859_1);
    }

    /** Commands by their words, with a question mark behind those that are in doubt. */
    private static List<String> show(List<HeldCommand> held) {
        return held.stream()
                .map(one -> words(one) + (one.isInDoubt() ? "?" : "") + (one.isPartlyDelivered() ? "~" : ""))
                .toList();
    }

    private static String words(HeldCommand held) {
        if (held.kind() == Entry.Kind.ERROR || held.kind() == Entry.Kind.STREAMED) {
            return held.kind().name();
        }
        List<String> commands = new ArrayList<>();
        held.forEachCommand(arguments ->
                commands.add(Arrays.stream(arguments).map(String::new).collect(Collectors.joining(" "))));
        return String.join(";", commands);
    }

    private void releaseAll(List<HeldCommand> held) {
        held.forEach(HeldCommand::release);
        fixture.closeEmpty();
    }

    @Test
    void everyByteThatNeverLeftDecidesWhatIsInDoubt() {
        String[] inFlight = {"GET answered", "SET a 1", "GET a", "MULTI;INCR b;EXEC", "DEL c"};
        int[] ends = {wire("GET answered", "SET a 1").length(), 0, 0, 0};
        ends[1] = ends[0] + wire("GET a").length();
        ends[2] = ends[1] + wire("MULTI", "INCR b", "EXEC").length();
        ends[3] = ends[2] + wire("DEL c").length();
        for (int sent = 0; sent <= ends[3]; sent++) {
            LogFixture one = new LogFixture();
            one.run(sink, "GET answered", "SET a 1", "GET a");
            one.unit(sink, "MULTI", "INCR b", "EXEC");
            one.run(sink, "DEL c");
            one.write();
            one.answer(1);
            one.run(sink, "GET unwritten");

            List<HeldCommand> held = one.log().takeAll(ends[3] - sent);

            List<String> expected = new ArrayList<>();
            for (int i = 1; i < inFlight.length; i++) {
                expected.add(inFlight[i] + (ends[i - 1] <= sent ? "?" : ""));
            }
            expected.add("GET unwritten");
            assertEquals(expected, show(held), sent + " bytes sent");
            held.forEach(HeldCommand::release);
            one.closeEmpty();
        }
    }

    @Test
    void answeredCommandsAreOutOfIt() {
        fixture.run(sink, "SET a 1", "SET b 2");
        fixture.run(sink, "SET c 3", "SET d 4", "SET e 5");
        fixture.write();
        fixture.answer(4);

        List<HeldCommand> held = log.takeAll(0);

        assertEquals(List.of("SET e 5?"), show(held));
        releaseAll(held);
    }

    @Test
    void entriesThatEndedWhileTheyWaitedDoNotShiftTheBoundary() {
        RecordingSink gone = new RecordingSink();
        fixture.run(sink, "SET a 1");
        fixture.run(gone, "SET dropped-and-long 1");
        fixture.run(sink, "SET b 2");
        gone.leave();
        fixture.write();

        List<HeldCommand> held = log.takeAll(1);

        assertEquals(List.of("SET a 1?", "SET b 2"), show(held));
        releaseAll(held);
    }

    @Test
    void unitIsOneCommandHoweverManyOfItsRepliesHaveCome() {
        fixture.unit(sink, "MULTI", "INCR a", "EXEC");
        fixture.write();
        fixture.answer(2);

        List<HeldCommand> held = log.takeAll(0);

        assertEquals(List.of("MULTI;INCR a;EXEC?"), show(held));
        assertEquals(3, held.get(0).count());
        releaseAll(held);
    }

    @Test
    void onlyTheFirstDueReplyCanBePartlyDelivered() {
        fixture.run(sink, "GET a", "GET b", "GET c");
        fixture.write();
        fixture.answer(1);
        log.head().markPartlyDelivered(true);

        List<HeldCommand> held = log.takeAll(0);

        assertEquals(List.of("GET b?~", "GET c?"), show(held));
        releaseAll(held);
    }

    @Test
    void errorsAndStreamedCommandsKeepTheirPlace() {
        log.appendStreamed(sink, 0);
        fixture.run(sink, "GET a");
        log.appendError(sink, "INDOUBT x", 0);
        fixture.write();
        log.appendError(sink, "CURSORLOST x", 0);

        List<HeldCommand> held = log.takeAll(0);

        assertEquals(List.of("STREAMED", "GET a?", "ERROR", "ERROR"), show(held));
        assertEquals("CURSORLOST x", held.get(3).error());
        releaseAll(held);
    }

    @Test
    void restoredCommandsGoOutAgainInOrderBeforeNewOnes() {
        fixture.run(sink, "SET a 1", "SET b 2");
        fixture.unit(sink, "MULTI", "INCR c", "EXEC");
        fixture.write();
        fixture.run(sink, "SET d 4");

        log.takeAll(0).forEach(log::restore);
        fixture.run(sink, "SET e 5");

        String[] all = {"SET a 1", "SET b 2", "MULTI", "INCR c", "EXEC", "SET d 4", "SET e 5"};
        assertEquals(wire(all).length(), log.unwrittenBytes());
        assertEquals(all.length, log.commands());
        assertEquals(List.of(wire(all)), fixture.write());
        fixture.answer(all.length);
        fixture.closeEmpty();
    }

    @Test
    void doubtOutlivesTheConnection() {
        fixture.runAt(17, sink, "SET a 1", "SET b 2");
        fixture.write();
        log.takeAll(1).forEach(log::restore);

        List<HeldCommand> before = log.takeAll(0);
        assertEquals(List.of("SET a 1?", "SET b 2"), show(before), "nothing was written since");
        before.forEach(log::restore);
        fixture.write();
        List<HeldCommand> after = log.takeAll(0);

        assertEquals(List.of("SET a 1?", "SET b 2?"), show(after), "all was written again");
        assertEquals(17, after.get(0).acceptedNanos());
        releaseAll(after);
    }

    @Test
    void restoredErrorIsDeliveredInItsTurn() {
        List<String> events = new ArrayList<>();
        RecordingSink client = new RecordingSink("c", events);
        fixture.run(client, "GET a");
        log.appendError(client, "INDOUBT x", 0);
        fixture.write();

        log.takeAll(0).forEach(log::restore);
        fixture.write();
        log.head();
        assertEquals(List.of(), events);
        fixture.answer(1);

        assertEquals(List.of("c failure INDOUBT"), events);
        fixture.closeEmpty();
    }

    @Test
    void readsStayReadsAndWritesStayWrites() {
        fixture.reads(sink, "GET a");
        fixture.run(sink, "SET a 1");
        fixture.write();

        log.takeAll(0).forEach(log::restore);

        List<Boolean> writes = new ArrayList<>();
        log.forEach(entry -> writes.add(entry.writes()));
        assertEquals(List.of(false, true), writes);
        fixture.write();
        fixture.answer(2);
        fixture.closeEmpty();
    }

    @Test
    void heldCommandKeepsItsMemoryUntilItIsReleased() {
        fixture.run(sink, "SET a " + "x".repeat(100_000));
        fixture.run(sink, "SET b 1");
        fixture.write();

        List<HeldCommand> held = log.takeAll(0);
        assertTrue(log.isEmpty());
        assertTrue(log.aliveBytes() > 100_000);
        held.get(0).release();
        assertEquals(CommandLog.CHUNK_BYTES, log.aliveBytes());
        assertEquals("SET", new String(held.get(1).arguments()[0]));
        held.get(1).release();

        fixture.closeEmpty();
    }

    @Test
    void lossOfALongBacklogIsSurvived() {
        for (int i = 0; i < 20_000; i++) {
            fixture.run(sink, "GET k" + i);
        }
        fixture.write();
        fixture.answer(5_000);

        List<HeldCommand> held = log.takeAll(0);
        held.forEach(log::restore);

        assertEquals(15_000, log.commands());
        assertTrue(String.join("", fixture.write()).startsWith(wire("GET k5000", "GET k5001")));
        fixture.answer(15_000);
        fixture.closeEmpty();
    }
}
