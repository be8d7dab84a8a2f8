package dev.redoubt.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private static final String TITLES = "\"test\",\"rps\",\"avg_latency_ms\",\"min_latency_ms\","
            + "\"p50_latency_ms\",\"p95_latency_ms\",\"p99_latency_ms\",\"max_latency_ms\"\n";

    @Test
    void rateAndPercentilesAreReadFromTheTestsRow() throws IOException {
        String csv = TITLES + """
            "GET","92421.44","0.281","0.080","0.271","0.359","0.583","2.663"
            """;
        assertEquals(new Sample.Load(92421.44, 0.271, 0.583), LoadGenerator.parse("get", csv));
    }

    @Test
    void warningsBeforeTheRowAreNoFigures() throws IOException {
        String csv = "WARNING: Could not fetch server CONFIG\n" + TITLES + """
            "SET","1000.00","0.1","0.1","0.2","0.3","0.4","0.5"
            """;
        assertEquals(new Sample.Load(1000, 0.2, 0.4), LoadGenerator.parse("set", csv));
    }

    @Test
    void aLoadWithoutARowHasFailed() {
        assertThrows(IOException.class, () -> LoadGenerator.parse("get", TITLES));
    }

    @Test
    void oldVersionsWithoutPercentilesAreRefused() {
        assertThrows(IOException.class, () -> LoadGenerator.parse("get", "\"GET\",\"92421.44\"\n"));
    }
}
