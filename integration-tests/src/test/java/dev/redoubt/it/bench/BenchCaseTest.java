package dev.redoubt.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.bench.BenchOptions.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCaseTest {
    @Test
    void aNameSaysTestClientsAndPipeline() {
        BenchCase benchCase = BenchCase.parse("set-c50-p16");
        assertEquals(new BenchCase("set", 50, 16, 600_000), benchCase);
        assertEquals("set-c50-p16", benchCase.name());
        assertEquals("SET, 50 clients, pipeline of 16", benchCase.title());
    }

    @Test
    void aNumberOfCommandsMayBeGiven() {
        assertEquals(
                List.of(new BenchCase("get", 1, 1, 5_000), new BenchCase("get", 500, 1, 150_000)),
                BenchCase.parseList("get-c1-p1-n5000,get-c500-p1"));
    }

    @Test
    void theBenchsOwnLoadsAreKnown() {
        assertTrue(BenchCase.ofSessions().stream().allMatch(one -> one.part() == Part.SESSIONS));
        assertTrue(BenchCase.defaults().stream().allMatch(one -> one.part() == Part.LOAD));
        assertTrue(BenchCase.ofPubSub().stream().allMatch(one -> one.part() == Part.PUBSUB));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "get",
                "get-c50",
                "get-c0-p1",
                "get-c50-p0",
                "get-c50-p1-n10",
                "get-c50-p1;x",
                "blpop-c1-p1",
                "blpop-c50-p2"
            })
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> BenchCase.parse(text));
    }
}
