package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.status.Counter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cursors that an earlier run of Redis has given. */
class IterationsTest {
    private static final String CURSOR_17 = "*2\r\n$2\r\n17\r\n*1\r\n$1\r\na\r\n";

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void begin(String command) {
        client.send(command);
        fixture.data().reply(CURSOR_17);
        client.expect(CURSOR_17);
    }

    private void restart() {
        fixture.redis().goAway();
        fixture.loop().advanceMillis(300);
        fixture.redis().restart();
        client.send("PING");
        fixture.loop().advanceMillis(500);
        client.received();
        fixture.data().takeReceived();
    }

    @Test
    void cursorOfAnEarlierRunIsLostForWhoeverSendsIt() {
        begin("SCAN 0");
        restart();

        client.send("GET a", "SCAN 17 COUNT 5", "GET b");
        assertEquals(List.of("GET a"), fixture.data().takeReceived(), "an error does not overtake a reply");
        fixture.data().reply("+a\r\n");

        assertTrue(client.received().startsWith("+a\r\n-CURSORLOST "));
        assertEquals(List.of("GET b"), fixture.data().takeReceived());
        Client other = fixture.connect();
        other.send("SCAN 17");
        assertTrue(other.received().startsWith("-CURSORLOST "), "pools give another connection");
        assertEquals(2, fixture.count(Counter.CURSOR_LOST));
    }

    @Test
    void cursorThatHasWaitedForTheNewRunIsLostToo() {
        begin("HSCAN k 0");
        fixture.redis().goAway();
        client.send("HSCAN k 17", "SCAN 17", "SCAN 0");
        fixture.loop().advanceMillis(300);
        fixture.redis().restart();
        fixture.loop().advanceMillis(500);

        assertTrue(client.received().startsWith("-CURSORLOST "));
        assertEquals(List.of("SCAN 17", "SCAN 0"), fixture.data().takeReceived());
    }

    @Test
    void onTheSameRunAnIterationGoesOn() {
        begin("SCAN 0");
        fixture.redis().goAway();
        client.send("SCAN 17");
        fixture.loop().advanceMillis(300);
        fixture.redis().comeBack();
        fixture.loop().advanceMillis(500);

        assertEquals(List.of("SCAN 17"), fixture.data().takeReceived());
        fixture.data().reply("*2\r\n$1\r\n0\r\n*0\r\n");
        client.expect("*2\r\n$1\r\n0\r\n*0\r\n");
        client.send("SCAN 17");
        assertEquals(List.of("SCAN 17"), fixture.data().takeReceived());
    }

    @Test
    void pipelinedIterationsKeepTheirOrder() {
        client.send("SCAN 0", "GET a", "SCAN x", "SCAN", "SCAN 4");
        assertEquals(
                List.of("SCAN 0", "GET a", "SCAN x", "SCAN", "SCAN 4"),
                fixture.data().takeReceived());
        fixture.data().reply(CURSOR_17 + "+a\r\n-ERR invalid cursor\r\n-ERR arguments\r\n*2\r\n$1\r\n0\r\n*0\r\n");

        client.expect(CURSOR_17 + "+a\r\n-ERR invalid cursor\r\n-ERR arguments\r\n*2\r\n$1\r\n0\r\n*0\r\n");
    }
}
