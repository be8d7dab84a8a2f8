package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A long backlog goes out in windows, locks first. */
class DrainTest {
    private static final String VALUE = "v".repeat(10_000);
    private static final int CLIENTS = 100;
    /** What lies in one chunk of the log goes out together: 6 commands, and twice that is over 64 KB. */
    private static final int WINDOW_COMMANDS = 12;

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client first = fixture.connectReady();
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void holdMuch() {
        fixture.redis().goAway();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = fixture.connect();
            client.send("SET k" + i + " " + VALUE);
            clients.add(client);
        }
    }

    private void comeBack() {
        fixture.redis().comeBack();
        fixture.loop().advanceMillis(500);
    }

    private int answerAll() {
        List<String> received = fixture.data().takeReceived();
        fixture.data().reply("+OK\r\n".repeat(received.size()));
        return received.size();
    }

    @Test
    void windowsDoubleAndTheNextOneBeginsWhenTheLastIsAnswered() {
        holdMuch();
        comeBack();

        List<String> window = fixture.data().takeReceived();
        assertEquals(WINDOW_COMMANDS, window.size());
        fixture.data().reply("+OK\r\n".repeat(window.size() - 1));
        assertEquals(List.of(), fixture.data().takeReceived(), "one is not answered yet");
        fixture.data().reply("+OK\r\n");

        List<Integer> sizes = new ArrayList<>();
        for (int size = answerAll(); size > 0; size = answerAll()) {
            sizes.add(size);
        }
        assertTrue(sizes.get(0) > WINDOW_COMMANDS && sizes.get(0) < 2 * WINDOW_COMMANDS, sizes.toString());
        assertTrue(sizes.get(1) > sizes.get(0), sizes.toString());
        assertEquals(
                CLIENTS - WINDOW_COMMANDS, sizes.stream().mapToInt(size -> size).sum());
        clients.forEach(client -> client.expect("+OK\r\n"));
    }

    @Test
    void whatComesMeanwhileGoesBehindAndNothingIsHeldBackAfterIt() {
        holdMuch();
        comeBack();
        first.send("GET a");
        int all = 0;
        for (int size = answerAll(); size > 0; size = answerAll()) {
            all += size;
        }
        assertEquals(CLIENTS + 1, all);

        first.send("SET big " + VALUE, "GET b");
        assertEquals(2, fixture.data().takeReceived().size());
    }

    @Test
    void renewalOfALockIsInTheFirstWindow() {
        holdMuch();
        first.send("PEXPIRE lock 10000");
        comeBack();

        assertTrue(fixture.data().takeReceived().get(0).startsWith("PEXPIRE lock "));
    }

    @Test
    void clientsThatLeaveWhileTheyWaitForTheirWindowDoNotHoldItUp() {
        holdMuch();
        comeBack();
        clients.subList(WINDOW_COMMANDS, CLIENTS - 1)
                .forEach(client -> client.socket().reset());

        assertEquals(WINDOW_COMMANDS, answerAll());

        assertEquals(1, answerAll());
        clients.get(CLIENTS - 1).expect("+OK\r\n");
    }
}
