package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WindowTest {
    private static final int FIRST = 32;
    private static final int MAX = 1_024;
    private static final long MAX_BYTES = 4 << 20;

    private final Window window = new Window(MAX, MAX_BYTES);

    /** The window is used up, and all of it is answered. */
    private void answerFull(int bytesEach) {
        int size = window.room(0);
        window.onReplies(size, (long) size * bytesEach, size);
    }

    @Test
    void beginsSmall() {
        assertEquals(FIRST, window.room(0));
        assertEquals(1, window.room(FIRST - 1));
        assertEquals(0, window.room(FIRST));
        assertEquals(-1, window.room(FIRST + 1));
    }

    @Test
    void doublesWheneverItWasUsedUp() {
        answerFull(64);
        assertEquals(2 * FIRST, window.room(0));
        answerFull(64);
        assertEquals(4 * FIRST, window.room(0));
    }

    @Test
    void growsToItsLimitAndNotBeyond() {
        for (int i = 0; i < 20; i++) {
            answerFull(64);
        }

        assertEquals(MAX, window.room(0));
    }

    @Test
    void limitBelowTheBeginningHoldsFromTheBeginning() {
        Window small = new Window(5, MAX_BYTES);

        assertEquals(5, small.room(0));
    }

    @Test
    void staysAsItIsForAClientThatDoesNotNeedMore() {
        for (int i = 0; i < 100; i++) {
            window.onReplies(1, 10, 1);
        }

        assertEquals(FIRST, window.room(0));
    }

    @Test
    void largeRepliesShrinkItToWhatMayBeExpectedAtOnce() {
        for (int i = 0; i < 20; i++) {
            window.onReplies(1, 1 << 20, FIRST);
        }

        assertTrue(window.room(0) >= 4 && window.room(0) <= 5, () -> "room for " + window.room(0) + " MB");
    }

    @Test
    void replyInPartsCountsAsOne() {
        window.onReplyPart(4 << 20, false, 1);
        assertEquals(FIRST, window.room(0));
        window.onReplyPart(4 << 20, true, 1);

        assertEquals(1, window.room(0));
    }

    @Test
    void oneCommandIsAlwaysAllowed() {
        for (int i = 0; i < 40; i++) {
            window.onReplies(1, 1 << 30, 1);
        }

        assertEquals(1, window.room(0));
        assertTrue(window.isLow(0));
    }

    @Test
    void firstLargeReplyCountsAtOnce() {
        window.onReplies(1, 8 << 20, 1);

        assertEquals(1, window.room(0), "half of its size is already more than all that may be expected");
    }

    @Test
    void growsAgainWhenRepliesAreSmallAgain() {
        for (int i = 0; i < 40; i++) {
            window.onReplies(1, 1 << 30, 1);
        }
        for (int i = 0; i < 200; i++) {
            answerFull(10);
        }

        assertEquals(MAX, window.room(0));
    }

    @Test
    void readingGoesOnAtHalfOfIt() {
        assertTrue(window.isLow(FIRST / 2));
        assertFalse(window.isLow(FIRST / 2 + 1));
    }
}
