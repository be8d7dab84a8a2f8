package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.redoubt.proxy.backlog.LogFixture;
import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.resp.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UrgentFirstTest {
    private static final String VALUE = "v".repeat(1_000);
    private static final int BULK = 100;

    private final LogFixture fixture = new LogFixture();
    private final RecordingSink bulk = new RecordingSink();
    private final RecordingSink locking = new RecordingSink();

    @AfterEach
    void close() {
        fixture.log().takeAll(0).forEach(held -> held.release());
        fixture.closeEmpty();
    }

    private void runBulk() {
        for (int i = 0; i < BULK; i++) {
            fixture.run(bulk, "SET bulk" + i + " " + VALUE);
        }
    }

    private String sorted() {
        new UrgentFirst(fixture.log(), new TableJudge(UpstreamFixture.TABLE)).sort();
        return String.join("", fixture.write());
    }

    private static String wire(String... commands) {
        return new String(Wire.commands(commands), StandardCharsets.ISO_8859_1);
    }

    private static void assertBegins(String expected, String all) {
        assertEquals(expected, all.substring(0, Math.min(expected.length(), all.length())));
    }

    @Test
    void renewalOvertakesTheBulkOfOthersWithWhatItsSessionSentBefore() {
        runBulk();
        fixture.run(locking, "GET a");
        fixture.run(locking, "PEXPIRE lock 10000");
        fixture.unit(locking, "MULTI", "EXPIRE lock 10", "EXEC");
        fixture.run(locking, "GET b");

        String all = sorted();

        assertBegins(wire("GET a", "PEXPIRE lock 10000", "MULTI", "EXPIRE lock 10", "EXEC", "SET bulk0 " + VALUE), all);
        assertEquals(all.length() - wire("GET b").length(), all.indexOf(wire("GET b")), "that is not urgent");
    }

    @Test
    void nothingOvertakesItsOwnSession() {
        runBulk();
        fixture.run(bulk, "PEXPIRE lock 10000");

        assertBegins(wire("SET bulk0 " + VALUE), sorted());
    }

    @Test
    void nothingOvertakesAWriteInDoubtOfTheSameKey() {
        fixture.run(bulk, "SET lock mine");
        fixture.write();
        fixture.log().takeAll(0).forEach(fixture.log()::restore);
        runBulk();
        fixture.run(locking, "PEXPIRE lock 10000");
        RecordingSink other = new RecordingSink();
        fixture.run(other, "PEXPIRE another 10000");

        String all = sorted();

        assertBegins(wire("PEXPIRE another 10000", "SET lock mine", "SET bulk0 " + VALUE), all);
        assertEquals(all.length() - wire("PEXPIRE lock 10000").length(), all.indexOf(wire("PEXPIRE lock 10000")));
    }

    @Test
    void whatNobodyKnowsStaysWithAllBehindIt() {
        runBulk();
        fixture.run(locking, "NOSUCH lock");
        fixture.run(locking, "PEXPIRE lock 10000");

        assertBegins(wire("SET bulk0 " + VALUE), sorted());
    }

    @Test
    void aShortBacklogStaysAsItIs() {
        fixture.run(bulk, "SET a 1");
        fixture.run(locking, "PEXPIRE lock 10000");

        assertEquals(wire("SET a 1", "PEXPIRE lock 10000"), sorted());
        assertFalse(fixture.log().hasUnwritten());
    }
}
