package dev.redoubt.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RoundsTest {
    private final Rounds rounds = new Rounds();

    @Test
    void ratiosAreTakenWithinEachRound() {
        add(2, 1);
        add(30, 10);
        add(4, 4);

        assertEquals(4, rounds.median("a"));
        assertEquals(4, rounds.median("b"));
        assertEquals(2, rounds.paired("a", "b"));
    }

    @Test
    void aCellIsTheMedianWithItsQuartiles() {
        add(1_000, 1);
        add(3_000, 2);
        add(5_000, 3);

        assertEquals("3,000 (2,000–4,000)", rounds.cell("a"));
        assertEquals("2.00 (1.50–2.50)", rounds.cell("b"));
    }

    private void add(double a, double b) {
        Rounds.Round round = new Rounds.Round();
        round.put("a", a);
        round.put("b", b);
        rounds.add(round);
    }
}
