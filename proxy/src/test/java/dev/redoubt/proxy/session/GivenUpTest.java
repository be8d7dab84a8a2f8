package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.UpstreamFixture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The profile dev: after two attempts nobody waits for what memory cannot do. */
class GivenUpTest {
    private static final int ATTEMPTS = 2;

    private final SessionFixture fixture =
            new SessionFixture(UpstreamFixture.timings(false, 100_000, ATTEMPTS), null).start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void assertUnavailable(Client at) {
        String received = at.received();
        assertTrue(received.startsWith("-UNAVAILABLE "), received);
    }

    @Test
    void whatMemoryCannotDoIsAnErrorAfterTwoAttempts() {
        client.send("SET a 1");
        fixture.redis().goAway();
        Client other = fixture.connect();
        other.send("LPUSH list x");

        fixture.loop().advanceMillis(400);

        assertUnavailable(other);
        assertTrue(client.received().startsWith("-INDOUBT "), "it had been sent");
        other.send("LPUSH list x");
        fixture.loop().advanceMillis(110);
        assertUnavailable(other);
    }

    @Test
    void nobodyWaitsForALease() {
        fixture.redis().goAway();
        client.send("INCR n");
        fixture.loop().advanceMillis(400);
        client.received();

        client.send("WATCH a");
        fixture.loop().advanceMillis(60);
        assertUnavailable(client);
        client.send("BLPOP list 0");
        fixture.loop().advanceMillis(60);

        assertUnavailable(client);
    }

    @Test
    void itIsTriedOnAndComesBack() {
        fixture.redis().goAway();
        client.send("INCR n");
        fixture.loop().advanceMillis(2_000);
        assertUnavailable(client);

        fixture.redis().comeBack();
        fixture.loop().advanceMillis(500);
        client.send("INCR n");
        fixture.loop().advanceMillis(500);

        assertEquals(List.of("INCR n"), fixture.data().takeReceived());
        assertEquals(1, fixture.count(Counter.OUTAGES));
    }
}
