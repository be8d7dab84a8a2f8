package dev.redoubt.proxy.journalfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());

    @TempDir
    Path directory;

    private Path log() {
        return directory.resolve("journal.log");
    }

    private static Change put(String key, String state) {
        return new Change(bytes(key), bytes(state));
    }

    private static Change remove(String key) {
        return new Change(bytes(key), null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void write(Change... changes) throws IOException {
        try (JournalFile file = new JournalFile(directory)) {
            for (Change change : changes) {
                file.append(List.of(List.of(change)));
            }
            file.force();
        }
    }

    private Recovered open() throws IOException {
        try (JournalFile file = new JournalFile(directory)) {
            return file.recovered();
        }
    }

    private static String shown(Recovered recovered) {
        StringBuilder text = new StringBuilder();
        for (Change change : recovered.changes()) {
            text.append(new String(change.key(), StandardCharsets.ISO_8859_1))
                    .append('=')
                    .append(new String(change.state(), StandardCharsets.ISO_8859_1))
                    .append(' ');
        }
        return text.toString().trim();
    }

    @Test
    void newestStatesSurviveInTheirOrder() throws IOException {
        write(
                put("a", "1"),
                put("b", "2"),
                put("c", ""),
                put("a", "3"),
                remove("b"),
                put("bin\0\r\n\u00ff", "\0\u00ff"));

        Recovered recovered = open();

        assertEquals("c= a=3 bin\0\r\n\u00ff=\0\u00ff", shown(recovered));
        assertEquals(0, recovered.cutBytes());
    }

    @Test
    void newFileIsEmpty() throws IOException {
        assertEquals("", shown(open()));
        assertEquals("", shown(open()), "and stays so");
    }

    @Test
    void cutAnywhereLosesOnlyWhatItTouches() throws IOException {
        write(put("a", "1"), put("b", "2"), put("a", "3"));
        byte[] whole = Files.readAllBytes(log());
        int record = (whole.length - 8) / 3;
        for (int length = 0; length < whole.length; length++) {
            Files.write(log(), Arrays.copyOf(whole, length));

            Recovered recovered = open();

            int left = length < 8 ? 0 : (length - 8) / record;
            assertEquals(List.of("", "a=1", "a=1 b=2").get(left), shown(recovered), "cut at " + length);
            assertEquals(length < 8 ? length : (length - 8) % record, recovered.cutBytes(), "cut at " + length);
            assertEquals(0, open().cutBytes(), "what was cut off is gone");
        }
    }

    @Test
    void anyFlippedBitIsFoundAndEverythingBeforeItSurvives() throws IOException {
        write(put("a", "1"), put("b", "2"), put("c", "3"));
        byte[] whole = Files.readAllBytes(log());
        int record = (whole.length - 8) / 3;
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(log(), damaged);

            Recovered recovered = open();

            int left = bit / 8 < 8 ? 0 : (bit / 8 - 8) / record;
            assertEquals(List.of("", "a=1", "a=1 b=2").get(left), shown(recovered), "bit " + bit);
            assertEquals(bit / 8 < 8 ? 0 : 8 + left * record, recovered.cutAt(), "bit " + bit);
            assertEquals(whole.length - recovered.cutAt(), recovered.cutBytes(), "bit " + bit);
            assertEquals(recovered.cutBytes(), Files.size(directory.resolve("journal.cut")), "it is kept beside");
        }
    }

    @Test
    void changesThatCountTogetherAreAllThereOrNone() throws IOException {
        try (JournalFile file = new JournalFile(directory)) {
            file.append(List.of(List.of(put("a", "1"))));
            file.append(List.of(List.of(put("a", "2"), remove("b"), put("c", "3")), List.of(put("d", "4"))));
        }
        byte[] whole = Files.readAllBytes(log());
        int first = 8 + Records.sizeOf(put("a", "1"));
        int last = whole.length - Records.sizeOf(put("d", "4"));
        for (int length = first; length <= whole.length; length++) {
            Files.write(log(), Arrays.copyOf(whole, length));

            Recovered recovered = open();

            String expected = length < last ? "a=1" : length < whole.length ? "a=2 c=3" : "a=2 c=3 d=4";
            assertEquals(expected, shown(recovered), "cut at " + length);
            assertEquals(length < last ? first : length < whole.length ? last : length, recovered.cutAt());
        }
    }

    @Test
    void bitThatFlipsAmongThemTakesAllOfThem() throws IOException {
        try (JournalFile file = new JournalFile(directory)) {
            file.append(List.of(List.of(put("a", "1")), List.of(put("a", "2"), put("c", "3"))));
        }
        byte[] whole = Files.readAllBytes(log());
        int first = 8 + Records.sizeOf(put("a", "1"));
        for (int bit = first * 8; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(log(), damaged);

            assertEquals("a=1", shown(open()), "bit " + bit);
        }
    }

    @Test
    void goesOnBehindACut() throws IOException {
        write(put("a", "1"), put("b", "2"));
        byte[] whole = Files.readAllBytes(log());
        Files.write(log(), Arrays.copyOf(whole, whole.length - 1));

        write(put("c", "3"));

        assertEquals("a=1 c=3", shown(open()));
    }

    @Test
    void secondProcessIsRefused() throws IOException {
        try (JournalFile first = new JournalFile(directory)) {
            IOException refusal = assertThrows(IOException.class, () -> new JournalFile(directory));
            assertTrue(refusal.getMessage().contains("another Redoubt uses"), refusal.getMessage());
            assertEquals(8, first.bytes(), "the first goes on");
        }
        assertEquals("", shown(open()));
    }

    @Test
    void fileOfOldStatesIsWrittenAnew() throws IOException {
        System.out.println("JournalFileTest: -Dredoubt.seed=" + SEED);
        Random random = new Random(SEED);
        Map<String, String> expected = new LinkedHashMap<>();
        try (JournalFile file = new JournalFile(directory)) {
            for (int i = 0; i < 300; i++) {
                List<Change> changes = new ArrayList<>();
                for (int j = random.nextInt(1, 20); j > 0; j--) {
                    String key = "key" + random.nextInt(40);
                    String state = random.nextInt(5) == 0 ? null : "x".repeat(random.nextInt(5_000)) + i;
                    changes.add(state == null ? remove(key) : put(key, state));
                    expected.remove(key);
                    if (state != null) {
                        expected.put(key, state);
                    }
                }
                file.append(List.of(changes));
            }
            assertTrue(file.bytes() < 3 << 20, "it is " + file.bytes() + " bytes long");
        }

        Recovered recovered = open();

        List<String> left = new ArrayList<>();
        expected.forEach((key, state) -> left.add(key + "=" + state));
        assertEquals(String.join(" ", left), shown(recovered));
    }
}
