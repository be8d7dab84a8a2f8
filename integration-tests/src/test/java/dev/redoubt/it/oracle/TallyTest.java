package dev.redoubt.it.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final String UNIT = "unit/multi";

    private final Tally tally = new Tally(UNIT);

    @Test
    void testsPassAndFail() {
        report("ready 123", "testing {EXEC works}", "ok {EXEC works} 7", "testing b");
        report("err {b in tests/unit/multi.tcl\nExpected 'x'\nto be y}", "done unit/multi");

        assertEquals(
                List.of(
                        new Outcome(new TestName(UNIT, "EXEC works", 1), Status.OK, 7, ""),
                        new Outcome(new TestName(UNIT, "b", 1), Status.FAILED, 0, "Expected 'x' to be y")),
                tally.outcomes());
        assertTrue(tally.hasEnded());
        assertEquals(Optional.empty(), tally.hung());
    }

    @Test
    void testsOfTheSameNameAreCounted() {
        report("testing a", "ok a 1", "testing a", "ok a 1");

        assertEquals(new TestName(UNIT, "a", 2), tally.outcomes().get(1).test());
    }

    @Test
    void whatGoesWrongBetweenTestsBelongsToNone() {
        report("testing a", "ok a 1", "err {I/O error\nwhile executing}", "exception {gone in tests/unit/multi.tcl}");

        assertEquals(
                List.of(new TestName(UNIT, Tally.OUTSIDE, 1), new TestName(UNIT, Tally.OUTSIDE, 2)),
                tally.outcomes().stream().skip(1).map(Outcome::test).toList());
    }

    @Test
    void theTestThatRanWhenTheProgramWasEndedHasHung() {
        report("testing a", "ok a 1", "testing {BLPOP waits}");

        tally.onEnd("nothing happened");

        assertEquals(Optional.of("BLPOP waits"), tally.hung());
        assertFalse(tally.hasEnded());
    }

    @Test
    void anEndBetweenTestsIsNoTestThatHangs() {
        report("testing a", "ok a 1");

        tally.onEnd("nothing happened");

        assertEquals(Optional.empty(), tally.hung());
        assertEquals(Status.FAILED, tally.outcomes().get(1).status());
    }

    @Test
    void whatTagsLeaveOutIsNotCounted() {
        report("ignore {a: Tag: slow denied}", "skip b");

        assertEquals(List.of(new Outcome(new TestName(UNIT, "b", 1), Status.SKIPPED, 0, "")), tally.outcomes());
    }

    private void report(String... packets) {
        for (String packet : packets) {
            tally.on(Packet.parse(packet));
        }
    }
}
