package dev.redoubt.proxy.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The laws and promises of the design hold whatever goes wrong; {@code -Dredoubt.seed=S} replays one seed, and {@code ./dev simulate} tries many more. */
class SimulationTest {
    private static final int SEEDS = 250;
    private static final int SEEDS_FOR_A_MUTANT = 500;

    private static Complaints complaints;

    @BeforeAll
    static void listen() {
        complaints = Complaints.listen();
    }

    @AfterAll
    static void stopListening() {
        complaints.close();
    }

    @Test
    void lawsHoldInEverySeed() {
        long chosen = Long.getLong("redoubt.seed", -1);
        long first = chosen < 0 ? 1 : chosen;
        long last = chosen < 0 ? SEEDS : chosen;

        for (long seed = first; seed <= last; seed++) {
            Simulation.Result result = Simulation.run(seed, Mutant.NONE, false, complaints);

            assertTrue(result.isGood(), () -> Simulate.story(result.seed(), Mutant.NONE, complaints));
        }
    }

    @Test
    void aSeedIsTheSameStoryEveryTime() {
        Simulation.Result once = Simulation.run(7, Mutant.NONE, true, complaints);
        Simulation.Result again = Simulation.run(7, Mutant.NONE, true, complaints);

        assertEquals(once.trace(), again.trace());
        assertTrue(once.tally().containsKey("REPLIED"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aBrokenProxyIsCaught(Mutant mutant) {
        boolean caught = false;
        for (long seed = 1; seed <= SEEDS_FOR_A_MUTANT && !caught; seed++) {
            caught = !Simulation.run(seed, mutant, false, complaints).isGood();
        }

        assertTrue(caught, mutant + " was not seen in " + SEEDS_FOR_A_MUTANT + " seeds");
    }
}
