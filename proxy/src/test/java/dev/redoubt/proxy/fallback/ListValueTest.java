package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.fallback.ListValue.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ring behaves as a list does. */
class ListValueTest {
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());

    @Test
    void randomPushesAndPopsAreThoseOfAList() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 100; round++) {
            ListValue ring = new ListValue();
            List<byte[]> list = new ArrayList<>();
            int growth = random.nextInt(3, 7);
            for (int i = 0; i < 300; i++) {
                End end = random.nextBoolean() ? End.LEFT : End.RIGHT;
                if (list.isEmpty() || random.nextInt(8) < growth) {
                    byte[] element = new byte[random.nextInt(5)];
                    ring.push(end, element);
                    list.add(end == End.LEFT ? 0 : list.size(), element);
                } else {
                    assertEquals(list.remove(end == End.LEFT ? 0 : list.size() - 1), ring.pop(end), "seed " + SEED);
                }
                assertSame(list, random.nextInt(10) == 0 ? ring.copy() : ring);
            }
        }
    }

    private static void assertSame(List<byte[]> list, ListValue ring) {
        assertEquals(list, ring.slice(0, ring.size()), "seed " + SEED);
        assertEquals(list.stream().mapToLong(ListValue::costBytes).sum(), ring.costBytes());
    }

    @Test
    void rangesAreThoseOfLrange() {
        assertArrayEquals(new int[] {0, 3}, ListValue.range(0, -1, 3));
        assertArrayEquals(new int[] {1, 2}, ListValue.range(-2, -2, 3));
        assertArrayEquals(new int[] {0, 3}, ListValue.range(Long.MIN_VALUE, Long.MAX_VALUE, 3));
        assertArrayEquals(new int[] {0, 0}, ListValue.range(2, 1, 3));
        assertArrayEquals(new int[] {0, 0}, ListValue.range(3, 5, 3));
        assertArrayEquals(new int[] {0, 0}, ListValue.range(0, Long.MIN_VALUE, 3));
        assertArrayEquals(new int[] {3, 3}, ListValue.range(Long.MAX_VALUE, Long.MAX_VALUE, 3));
    }
}
