package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table does what a LinkedHashMap does in which what is written again is put in anew. */
class JournalTableTest {
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());

    private final JournalTable table = new JournalTable();
    private final Map<String, JournalEntry> expected = new LinkedHashMap<>();

    private static StoreKey key(String name) {
        return new StoreKey(0, name.getBytes());
    }

    /** "Aa" and "BB" have the same hash, and so has what is made of as many of them: up to 32 keys share one. */
    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            name.append(random.nextBoolean() ? "Aa" : "BB");
        }
        return name.append(random.nextInt(20)).toString();
    }

    @Test
    void randomChangesAreThoseOfALinkedMap() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < 40_000; i++) {
            String name = name(random);
            switch (random.nextInt(i % 10_000 < 5_000 ? 5 : 12)) {
                case 0, 1, 2, 3 -> write(name);
                case 4 -> {
                    table.removeIf(entry -> entry.place % 97 == 0);
                    expected.values().removeIf(entry -> entry.place == JournalEntry.NOWHERE);
                }
                default -> remove(name);
            }
            if (random.nextInt(8_000) == 0) {
                table.clear();
                expected.clear();
            }
            assertSame(expected.get(name), table.find(key(name)), "seed " + SEED);
            if (i % 100 == 0) {
                assertSameOrder();
            }
        }
        expected.keySet().stream().toList().forEach(this::remove);
        assertSameOrder();
    }

    private void write(String name) {
        JournalEntry entry = table.find(key(name));
        if (entry == null) {
            entry = new JournalEntry(key(name), Seen.UNKNOWN);
            table.add(entry);
        } else {
            table.moveToEnd(entry);
        }
        expected.remove(name);
        expected.put(name, entry);
    }

    private void remove(String name) {
        JournalEntry entry = expected.remove(name);
        if (entry != null) {
            table.remove(entry);
            assertEquals(JournalEntry.NOWHERE, entry.place);
        }
    }

    private void assertSameOrder() {
        List<JournalEntry> order = new ArrayList<>();
        table.forEach(order::add);
        assertEquals(List.copyOf(expected.values()), order, "seed " + SEED);
        assertEquals(expected.size(), table.size());
        assertSame(order.isEmpty() ? null : order.get(0), table.oldest());
    }

    @Test
    void oneKeyThatIsWrittenForeverTakesNoMoreRoom() {
        write("other");
        for (int i = 0; i < 100_000; i++) {
            write("k");
        }
        write("third");
        for (int i = 0; i < 100_000; i++) {
            write(i % 2 == 0 ? "k" : "third");
        }

        assertEquals(3, table.size());
        assertSame(expected.get("other"), table.oldest());
        assertEquals(true, expected.get("third").place < 64, "holes are closed");
        assertNull(table.find(key("K")));
    }
}
