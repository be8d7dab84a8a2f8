package dev.redoubt.proxy.session;

import static dev.redoubt.proxy.session.Pushes.array;
import static dev.redoubt.proxy.session.Pushes.push;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscriber that does not read is cut off as Redis does it, and nobody else notices. */
class SlowSubscriberTest {
    private static final String MESSAGE = push("message", "news", "x".repeat(10_000));
    private static final int SOFT = (int) (SessionFixture.PUBSUB_LIMIT.softBytes() / MESSAGE.length()) + 1;
    private static final int HARD = (int) (SessionFixture.PUBSUB_LIMIT.hardBytes() / MESSAGE.length()) + 1;

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client slow = fixture.connect();
    private final Client fast = fixture.connect();

    @BeforeEach
    void subscribe() {
        fixture.redis().answer(command -> command.equals("PING") ? "+PONG\r\n" : null);
        slow.send("SUBSCRIBE news");
        link().reply(push("subscribe", "news", 1));
        fast.send("SUBSCRIBE news");
        link().reply(push("subscribe", "news", 1));
        slow.received();
        fast.expect(array("subscribe", "news", 1));
        slow.socket().takeOnly(0);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private FakeConnection link() {
        return fixture.redis().connection("subscriptions");
    }

    private void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            link().reply(MESSAGE);
        }
        assertEquals(messages * MESSAGE.length(), fast.received().length());
    }

    @Test
    void beyondTheHardLimitItIsCutOffAtOnce() {
        publish(HARD - 1);
        assertTrue(slow.isOpen());

        publish(2);

        assertFalse(slow.isOpen());
        assertTrue(fast.isOpen());
    }

    @Test
    void beyondTheSoftLimitItIsCutOffInTime() {
        publish(SOFT + 1);
        fixture.loop().advanceMillis(59_000);
        assertTrue(slow.isOpen());

        fixture.loop().advanceMillis(2_000);

        assertFalse(slow.isOpen());
        assertTrue(fast.isOpen());
    }

    @Test
    void whoReadsInTimeIsLeftAlone() {
        publish(SOFT + 1);
        fixture.loop().advanceMillis(30_000);
        slow.socket().takeAll();
        slow.received();
        slow.socket().takeOnly(0);
        publish(SOFT + 1);

        fixture.loop().advanceMillis(45_000);

        assertTrue(slow.isOpen());
    }

    @Test
    void belowTheSoftLimitItMayTakeItsTime() {
        publish(SOFT - 2);

        fixture.loop().advanceMillis(300_000);

        assertTrue(slow.isOpen());
    }
}
