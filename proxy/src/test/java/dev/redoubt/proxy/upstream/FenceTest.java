package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FenceTest {
    private static final long SECOND = 1_000_000_000;
    private static final long LOST_NANOS = 100 * SECOND;

    /** The run that answers now: its id, address and earliest start, in milliseconds from the loss. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # client, lost run, run now, address now, started, balancer, step
            7,        one,      one,     a:1,         -60000,  false,    KILL
            7,        one,      one,     a:1,         -60000,  true,     KILL
            7,        one,      one,     b:1,         -60000,  false,    KILL
            7,        one,      two,     a:1,         500,     false,    NONE_NEEDED
            7,        one,      two,     a:1,         0,       false,    NONE_NEEDED
            7,        one,      two,     a:1,         -1999,   false,    NONE_NEEDED
            7,        one,      two,     a:1,         -2000,  false,    NONE_NEEDED
            7,        one,      two,     a:1,         -2001,  false,    IMPOSSIBLE
            7,        one,      two,     a:1,         -60000,  false,    IMPOSSIBLE
            7,        one,      two,     a:1,         500,     true,     IMPOSSIBLE
            7,        one,      two,     b:1,         500,     false,    IMPOSSIBLE
            7,        one,      two,     a:2,         500,     false,    IMPOSSIBLE
            7,        one,      -,       a:1,         500,     false,    IMPOSSIBLE
            7,        -,        two,     a:1,         500,     false,    IMPOSSIBLE
            7,        -,        -,       a:1,         -60000,  false,    IMPOSSIBLE
            -1,       one,      one,     a:1,         -60000,  false,    IMPOSSIBLE
            -1,       one,      two,     a:1,         500,     false,    IMPOSSIBLE
            """)
    void stepDependsOnWhatIsProvenAboutTheOldProcess(
            long clientId,
            String lostRun,
            String runNow,
            String addressNow,
            long startedMillis,
            boolean behindBalancer,
            Fence.Step expected) {
        Identity lost = new Identity(clientId, "10.0.0.9:4242", new ServerRun(lostRun, "a:1", 0));
        ServerRun now = new ServerRun(runNow, addressNow, LOST_NANOS + startedMillis * 1_000_000);

        assertEquals(expected, Fence.step(lost, now, LOST_NANOS, behindBalancer));
    }

    /** Only the loss counts: an old connection may have been opened long after its server started. */
    @Test
    void runThatWasThereBeforeTheLossProvesNothingHoweverYoungItIs() {
        Identity lost = new Identity(7, null, new ServerRun("one", "a:1", 0));
        ServerRun youngerThanTheOldOne = new ServerRun("two", "a:1", 50 * SECOND);

        assertEquals(Fence.Step.IMPOSSIBLE, Fence.step(lost, youngerThanTheOldOne, LOST_NANOS, false));
    }

    @Test
    void clockThatWrapsAroundDoesNotMatter() {
        long nearTheEnd = Long.MAX_VALUE - SECOND / 2;
        Identity lost = new Identity(7, null, new ServerRun("one", "a:1", 0));

        assertEquals(
                Fence.Step.NONE_NEEDED,
                Fence.step(lost, new ServerRun("two", "a:1", nearTheEnd + SECOND), nearTheEnd, false));
        assertEquals(
                Fence.Step.IMPOSSIBLE,
                Fence.step(lost, new ServerRun("two", "a:1", nearTheEnd - 3 * SECOND), nearTheEnd, false));
    }

    @Test
    void connectionWhoseAddressIsNotKnownIsKilledByItsIdAlone() {
        ServerRun run = new ServerRun("one", "a:1", 0);

        assertEquals(Fence.Step.KILL, Fence.step(new Identity(7, null, run), run, LOST_NANOS, false));
    }
}
