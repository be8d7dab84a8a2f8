package dev.redoubt.proxy.backlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.resp.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BringForwardTest {
    private static final int MANY = 300;

    private final LogFixture fixture = new LogFixture();
    private final CommandLog log = fixture.log();
    private final RecordingSink bulk = new RecordingSink();
    private final RecordingSink urgent = new RecordingSink();

    private void bringUrgentForward() {
        log.bringForward(entry -> entry.owner() == urgent);
    }

    private static String wire(String... commands) {
        return new String(Wire.commands(commands), StandardCharsets.ISO_8859_1);
    }

    @Test
    void bothKeepTheirOrderAndWhatIsWrittenStays() {
        fixture.run(bulk, "GET sent");
        fixture.write();
        fixture.run(bulk, "SET a 1");
        fixture.run(urgent, "EXPIRE l 1");
        fixture.run(bulk, "SET a 2");
        log.appendError(urgent, "INDOUBT x", 0);
        fixture.run(urgent, "EXPIRE l 2");

        bringUrgentForward();

        assertEquals(wire("EXPIRE l 1", "EXPIRE l 2", "SET a 1", "SET a 2"), String.join("", fixture.write()));
        fixture.answer(2);
        assertEquals(List.of("failure INDOUBT"), urgent.takeEvents(), "behind its first command");
        fixture.answer(3);
        fixture.closeEmpty();
    }

    @Test
    void repliesAreThoseOfTheNewOrderAndChunksAreGivenBack() {
        String value = "v".repeat(1_000);
        for (int i = 0; i < MANY; i++) {
            fixture.run(i % 100 == 99 ? urgent : bulk, "SET " + i + " " + value);
        }

        bringUrgentForward();

        String all = String.join("", fixture.write());
        assertEquals(0, all.indexOf(wire("SET 99 " + value, "SET 199 " + value, "SET 299 " + value, "SET 0 " + value)));
        for (int i = 0; i < 3; i++) {
            assertEquals(urgent, log.head().owner());
            log.headAnswered(log.head(), 1);
        }
        assertEquals(bulk, log.head().owner());
        fixture.answer(MANY - 3);
        fixture.closeEmpty();
    }

    @Test
    void whatWasBroughtForwardIsTakenOutInItsNewOrder() {
        fixture.run(bulk, "SET a 1");
        fixture.run(urgent, "EXPIRE l 1");
        bringUrgentForward();

        List<HeldCommand> all = log.takeAll(0);

        assertEquals(List.of(urgent, bulk), all.stream().map(HeldCommand::owner).toList());
        all.forEach(HeldCommand::release);
        fixture.closeEmpty();
    }
}
