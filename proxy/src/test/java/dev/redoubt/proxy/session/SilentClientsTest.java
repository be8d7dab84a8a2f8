package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Silent clients are closed, but not those that wait for something. */
class SilentClientsTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void limit(Duration limit) {
        new SilentClients(fixture.house().clients(), fixture.house().lane(), limit).start();
    }

    @Test
    void clientThatSaysNothingIsClosed() {
        limit(Duration.ofSeconds(10));

        fixture.loop().advance(Duration.ofSeconds(10));
        assertTrue(client.isOpen());
        fixture.loop().advance(Duration.ofSeconds(2));

        assertFalse(client.isOpen());
    }

    @Test
    void eachCommandBeginsAnew() {
        limit(Duration.ofSeconds(10));
        for (int i = 0; i < 5; i++) {
            fixture.loop().advance(Duration.ofSeconds(9));
            client.sendRaw("*0\r\n");
        }

        assertTrue(client.isOpen());
    }

    @Test
    void clientThatWaitsForAReplyIsNotSilent() {
        limit(Duration.ofSeconds(1));
        client.send("GET a");
        Client blocked = fixture.connect();
        blocked.send("BLPOP a 0");

        fixture.loop().advance(Duration.ofSeconds(8));

        assertTrue(client.isOpen());
        assertTrue(blocked.isOpen());
    }

    @Test
    void subscriberIsNotSilent() {
        client.send("SUBSCRIBE news");
        fixture.redis().connection("subscriptions").reply(Pushes.push("subscribe", "news", 1));
        limit(Duration.ofSeconds(1));

        fixture.loop().advance(Duration.ofSeconds(8));

        assertTrue(client.isOpen());
    }

    @Test
    void zeroIsNoLimit() {
        limit(Duration.ZERO);

        fixture.loop().advance(Duration.ofHours(1));

        assertTrue(client.isOpen());
    }
}
