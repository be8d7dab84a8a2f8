package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.status.Counter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shared connection on which nothing happens: it is asked for a sign of life, and what ends it is no outage. */
class IdleConnectionTest {
    private static final String PONG = "+PONG\r\n";

    private final UpstreamFixture upstream = new UpstreamFixture(new ScriptedMemory()).start();
    private final FakeRedis redis = upstream.redis();
    private final RecordingSink client = new RecordingSink();

    @BeforeEach
    void useIt() {
        upstream.submit(client, "GET k");
        data().reply("+v\r\n");
        assertEquals(List.of("1: +v|"), client.takeEvents());
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private FakeConnection data() {
        return redis.connection("data");
    }

    private void advance(long millis) {
        upstream.loop().advanceMillis(millis);
    }

    private void assertNoOutage() {
        assertEquals(0, upstream.count(Counter.OUTAGES));
        assertEquals(0, upstream.count(Counter.DOWN_MILLIS));
        assertEquals(0, upstream.count(Counter.IN_DOUBT));
        assertEquals(0, upstream.count(Counter.FENCED));
    }

    // ---- what is asked

    @Test
    void isAskedOnceInAnInterval() {
        advance(10_000);

        assertTrue(redis.idlePings() >= 8 && redis.idlePings() <= 10, redis.idlePings() + " in 10 s");
        assertEquals(List.of(), client.takeEvents());
        assertEquals(List.of("GET k"), data().takeReceived());
        assertTrue(upstream.shared().log().isEmpty());
    }

    @Test
    void isNotAskedWhileItIsUsed() {
        for (int i = 0; i < 20; i++) {
            advance(500);
            upstream.submit(client, "GET k");
            data().reply("+v\r\n");
        }

        assertEquals(0, redis.idlePings());
    }

    @Test
    void isNotAskedWhileSomethingIsDue() {
        upstream.submit(client, "GET slow");
        advance(5_000);

        assertEquals(0, redis.idlePings());
    }

    @Test
    void answerIsNobodyElses() {
        redis.answerOwn(FakeRedis.IDLE_PING, null);
        advance(1_200);
        assertEquals(1, redis.idlePings());
        upstream.submit(client, "GET a", "INCR n");

        data().reply(PONG + "+a\r\n:1\r\n");

        assertEquals(List.of("1: +a|", "1: :1|"), client.takeEvents());
    }

    @Test
    void refusalIsAnAnswer() {
        for (String refusal : List.of("BUSY running a script", "LOADING the dataset", "MASTERDOWN the link")) {
            redis.answerOwn(FakeRedis.IDLE_PING, "-" + refusal + "\r\n");
            int before = redis.idlePings();
            FakeConnection asked = data();

            advance(3_000);

            assertTrue(redis.idlePings() > before);
            assertSame(asked, data(), refusal);
            assertTrue(upstream.shared().isForwarding(), refusal);
        }
        assertEquals(0, upstream.count(Counter.UPSTREAM_LOST));
        assertEquals(0, upstream.count(Counter.RESENT_REFUSED));
    }

    @Test
    void whoMayNotAskAsksOnce() {
        redis.answerOwn(FakeRedis.IDLE_PING, "-NOPERM this user has no permissions to run the 'ping' command\r\n");

        advance(10_000);

        assertEquals(1, redis.idlePings());
        assertEquals(0, upstream.count(Counter.UPSTREAM_LOST));
    }

    // ---- what silence proves

    @Test
    void whatIsNotAnsweredWhileRedisAnswersOthersIsReplaced() {
        redis.answerOwn(FakeRedis.IDLE_PING, null);
        FakeConnection swallowed = data();
        advance(1_200);
        assertEquals(1, redis.idlePings());
        redis.answerOwn(FakeRedis.IDLE_PING, PONG);

        advance(2_500);
        assertTrue(swallowed.isOpen(), "it may still be a matter of time");
        advance(2_000);

        assertFalse(swallowed.isOpen());
        assertNotSame(swallowed, data());
        assertEquals(1, upstream.count(Counter.UPSTREAM_LOST));
        assertEquals(1, upstream.count(Counter.RECONNECTS));
        assertNoOutage();
    }

    @Test
    void whatWasSentBehindTheQuestionIsInDoubt() {
        redis.answerOwn(FakeRedis.IDLE_PING, null);
        advance(1_200);
        upstream.submit(client, "GET a", "INCR n");
        redis.answerOwn(FakeRedis.IDLE_PING, PONG);

        advance(5_000);

        assertEquals(List.of("GET a"), data().takeReceived());
        data().reply("+a\r\n");
        assertEquals(List.of("1: +a|", "failure INDOUBT"), client.takeEvents());
        assertEquals(1, upstream.count(Counter.OUTAGES));
        assertEquals(1, upstream.count(Counter.FENCED));
        assertEquals(1, upstream.count(Counter.RESENT_READ));
    }

    @Test
    void stoppedRedisIsStalledAndNotLost() {
        redis.answerOwn("PING", null);
        redis.answerOwn(FakeRedis.IDLE_PING, null);
        FakeConnection control = redis.connection("control");
        FakeConnection data = data();
        advance(20_000);
        assertEquals(0, upstream.count(Counter.UPSTREAM_LOST));
        assertFalse(upstream.shared().isForwarding());

        redis.answerOwn("PING", PONG);
        redis.answerOwn(FakeRedis.IDLE_PING, PONG);
        control.reply(PONG);
        data.reply(PONG);
        advance(5_000);

        assertSame(data, data());
        assertTrue(upstream.shared().isForwarding());
        assertEquals(0, upstream.count(Counter.UPSTREAM_LOST));
    }

    /** It finds both questions when it goes on, and may take the control connection's first. */
    @Test
    void redisThatGoesOnMayAnswerTheOtherConnectionFirst() {
        redis.answerOwn("PING", null);
        redis.answerOwn(FakeRedis.IDLE_PING, null);
        advance(20_000);

        redis.connection("control").reply(PONG);
        advance(300);

        assertEquals(0, upstream.count(Counter.UPSTREAM_LOST));
        data().reply(PONG);
        advance(200);
        assertTrue(upstream.shared().isForwarding());
    }

    @Test
    void stallOfOneConnectionEndsWithIt() {
        redis.answerOwn("PING", null);
        redis.answerOwn(FakeRedis.IDLE_PING, null);
        advance(4_000);
        FakeConnection swallowed = data();
        redis.answerOwn("PING", PONG);
        redis.answerOwn(FakeRedis.IDLE_PING, PONG);
        redis.connection("control").reply(PONG);

        advance(3_000);

        assertFalse(swallowed.isOpen());
        assertTrue(upstream.shared().isForwarding());
    }

    // ---- what ends it

    @Test
    void endOfAnIdleConnectionIsNoOutage() {
        advance(2_000);
        FakeConnection ended = data();
        redis.takeControl();
        long heldBefore = upstream.count(Counter.HELD);

        ended.lose();

        assertNotSame(ended, data(), "there is another one before anybody needs it");
        assertTrue(upstream.shared().isForwarding());
        assertEquals(List.of(), redis.takeControl());
        assertEquals(1, upstream.count(Counter.UPSTREAM_LOST));
        assertEquals(heldBefore, upstream.count(Counter.HELD));
        assertNoOutage();
    }

    @Test
    void whatComesWhileItIsReplacedWaits() {
        advance(2_000);
        redis.refuse();
        data().lose();
        assertFalse(upstream.shared().isForwarding());
        assertTrue(upstream.shared().isForwardingOrIdle());
        assertNoOutage();

        upstream.submit(client, "INCR n");
        redis.comeBack();
        advance(300);

        assertEquals(List.of("INCR n"), data().takeReceived());
        data().reply(":1\r\n");
        assertEquals(List.of("1: :1|"), client.takeEvents());
    }

    @Test
    void endOfAFreshConnectionIsAnOutage() {
        data().lose();
        assertEquals(
                1, upstream.count(Counter.OUTAGES), "else one that is ended again and again is opened again and again");
    }

    @Test
    void endWithSomethingInFlightIsAnOutage() {
        advance(2_000);
        upstream.submit(client, "INCR n");

        data().lose();
        advance(300);

        assertEquals(List.of("failure INDOUBT"), client.takeEvents());
        assertEquals(1, upstream.count(Counter.OUTAGES));
        assertEquals(1, upstream.count(Counter.FENCED));
    }

    @Test
    void idleConnectionThatEndsBeforeTheControlConnectionIsAwayWithIt() {
        advance(2_000);
        redis.refuse();
        data().lose();
        redis.connection("control").lose();
        assertEquals(1, upstream.count(Counter.OUTAGES));

        advance(1_500);

        assertTrue(upstream.shared().isFallback(), "memory is asked after a second, though nobody has come");
        redis.restart();
        advance(1_000);
        assertTrue(upstream.shared().isForwarding());
    }
}
