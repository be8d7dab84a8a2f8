package dev.redoubt.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.fallback.FallbackSettings;
import dev.redoubt.proxy.fallback.FlightRecorder;
import dev.redoubt.proxy.fallback.MemoryStore;
import dev.redoubt.proxy.fallback.Mode;
import dev.redoubt.proxy.fallback.Outcome;
import dev.redoubt.proxy.journalfile.Change;
import dev.redoubt.proxy.journalfile.JournalWriter;
import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of memory's writes is there again after the proxy was killed at any byte of the file. */
class KeptJournalTest {
    @TempDir
    Path directory;

    private final TestLoop loop = new TestLoop();

    private static MemoryStore newStore() {
        FlightRecorder recorder = new FlightRecorder(FallbackSettings.DEFAULTS, Clock.SYSTEM, args -> null);
        return new MemoryStore(FallbackSettings.DEFAULTS, Clock.SYSTEM, new Random(1), recorder);
    }

    private KeptJournal open(MemoryStore store, Path where) throws IOException {
        return new KeptJournal(loop.lane(), store, where, false, () -> {});
    }

    private static byte[][] words(String command) {
        return Stream.of(command.split(" ", -1))
                .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }

    private static String exec(MemoryStore store, String... commands) {
        ByteBuf out = Unpooled.buffer();
        List<byte[][]> queued = Stream.of(commands).map(KeptJournalTest::words).toList();
        assertEquals(Outcome.ANSWERED, store.executeAll(Mode.OUTAGE, 0, queued, 2, out));
        return out.toString(StandardCharsets.US_ASCII).replace("\r\n", " ");
    }

    @Test
    void transactionThatIsCutOffInItsMiddleHasNeverBeen() throws IOException {
        MemoryStore store = newStore();
        KeptJournal kept = open(store, directory);
        kept.start();
        exec(store, "SET a 1", "SET b 1", "HSET h n 1");
        kept.whenKept(() -> {});
        exec(store, "SET a 2", "DEL b", "HSET h n 2", "SADD s x");
        kept.whenKept(() -> {});
        kept.close();
        byte[] whole = Files.readAllBytes(directory.resolve("journal.log"));

        Set<String> states = new TreeSet<>();
        for (int length = 8; length <= whole.length; length++) {
            states.add(stateOfOneCutAt(whole, length));
        }

        String none = "*4 $-1 $-1 $-1 *0 ";
        String first = "*4 $1 1 $1 1 $1 1 *0 ";
        String both = "*4 $1 2 $-1 $1 2 *1 $1 x ";
        assertEquals(Set.of(none, first, both), states);
        assertEquals(both, stateOfOneCutAt(whole, whole.length));
    }

    private String stateOfOneCutAt(byte[] whole, int length) throws IOException {
        Path cut = Files.createDirectories(directory.resolve("cut" + length));
        Files.write(cut.resolve("journal.log"), Arrays.copyOf(whole, length));
        MemoryStore after = newStore();
        open(after, cut).close();
        return exec(after, "GET a", "GET b", "HGET h n", "SMEMBERS s");
    }

    @Test
    void entryOfALaterVersionKeepsTheProxyFromStartingAndStaysWhereItIs() throws IOException {
        Change known = new Change(new byte[] {0, 0, 0, 0, 'k'}, new byte[] {99, 1, 2, 3});
        try (JournalWriter writer = new JournalWriter(directory, true, number -> {}, () -> {})) {
            writer.start();
            writer.add(List.of(known));
        }
        byte[] before = Files.readAllBytes(directory.resolve("journal.log"));

        IOException refusal = assertThrows(IOException.class, () -> open(newStore(), directory));

        assertTrue(refusal.getMessage().contains("written by another version of Redoubt (99)"), refusal.getMessage());
        assertArrayEquals(before, Files.readAllBytes(directory.resolve("journal.log")), "nothing is lost");
        try (JournalWriter again = new JournalWriter(directory, true, number -> {}, () -> {})) {
            assertEquals(1, again.recovered().changes().size(), "nor is it locked");
            assertEquals(0, again.recovered().cutBytes());
        }
    }
}
