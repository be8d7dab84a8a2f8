package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BusySpellTest {
    private static final long HOLD = 2_000;
    private final BusySpell spell = new BusySpell(HOLD);

    @Test
    void isLongWhenRedisHasSaidSoForAsLongAsCommandsWait() {
        assertFalse(spell.isLongAt(-5_000));
        assertFalse(spell.isLongAt(-3_001));
        assertTrue(spell.isLongAt(-3_000));
        assertTrue(spell.isLongAt(-1_000));
    }

    @Test
    void beginsAnewWhenItHasEnded() {
        spell.isLongAt(0);
        spell.isLongAt(1_900);

        spell.end();

        assertFalse(spell.isLongAt(2_100));
    }

    @Test
    void beginsAnewWhereNothingWasHeardOfItForAsLong() {
        spell.isLongAt(0);
        spell.isLongAt(1_900);

        assertFalse(spell.isLongAt(1_900 + HOLD + 1));
    }

    @Test
    void isAskedAboutOnlyWhileClientsHearOfIt() {
        assertFalse(spell.isTold());
        spell.isLongAt(0);
        assertFalse(spell.isTold());
        spell.isLongAt(HOLD);
        assertTrue(spell.isTold());
        spell.end();
        assertFalse(spell.isTold());
    }

    @Test
    void ofNoLengthIsLongAtOnce() {
        assertTrue(new BusySpell(0).isLongAt(7));
    }
}
