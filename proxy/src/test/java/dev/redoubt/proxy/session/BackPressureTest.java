package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.resp.Wire;
import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who sends too much, or reads too little, waits; nobody else does. */
class BackPressureTest {
    private static final int FIRST_WINDOW = 32;
    private static final int READ_BYTES = 32 * 1024;

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();
    private final FakeConnection data = fixture.data();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String[] gets(int count) {
        String[] commands = new String[count];
        Arrays.fill(commands, "GET a");
        return commands;
    }

    /** Sends for as long as the proxy reads, at most so many pieces; returns how many were taken. */
    private static int sendUntilFull(Client sender, byte[] piece, int pieces) {
        for (int i = 0; i < pieces; i++) {
            sender.socket().receive(piece);
            if (sender.socket().unread() > 0) {
                return i;
            }
        }
        return pieces;
    }

    @Test
    void longPipelineIsSentInWindowsThatGrow() {
        client.send(gets(200));
        assertEquals(FIRST_WINDOW, data.takeReceived().size());

        data.reply("+a\r\n".repeat(FIRST_WINDOW));
        assertEquals(2 * FIRST_WINDOW, data.takeReceived().size());
        data.reply("+a\r\n".repeat(2 * FIRST_WINDOW));
        assertEquals(200 - 3 * FIRST_WINDOW, data.takeReceived().size());
        data.reply("+a\r\n".repeat(200 - 3 * FIRST_WINDOW));

        client.expect("+a\r\n".repeat(200));
    }

    @Test
    void clientWithAFullWindowIsNotReadWithoutEnd() {
        Client other = fixture.connect();
        byte[] piece = Wire.commands(gets(READ_BYTES / 20));

        int taken = sendUntilFull(client, piece, 100);

        assertTrue(taken <= 4, () -> taken + " reads of " + piece.length + " bytes");
        data.takeReceived();
        other.send("GET b");
        assertEquals(List.of("GET b"), data.takeReceived(), "the others go on");
    }

    @Test
    void readingGoesOnWhenTheWindowIsFree() {
        byte[] piece = Wire.commands(gets(READ_BYTES / 20));
        int sent = (sendUntilFull(client, piece, 100) + 1) * (READ_BYTES / 20);
        int answered = 0;
        for (int due = data.takeReceived().size();
                due > 0;
                due = data.takeReceived().size()) {
            data.reply("+a\r\n".repeat(due));
            answered += due;
        }

        assertEquals(sent, answered);
        assertEquals(0, client.socket().unread());
        client.expect("+a\r\n".repeat(sent));
    }

    @Test
    void clientThatDoesNotReadIsNotReadEither() {
        client.socket().takeOnly(0);
        String value = "$60000\r\n" + "x".repeat(60_000) + "\r\n";
        int sent = 0;
        for (int i = 0; i < 30; i++) {
            client.send("GET a");
            int due = data.takeReceived().size();
            data.reply(value.repeat(due));
            sent += due;
        }
        int forwarded = sent;
        assertTrue(forwarded <= 7, () -> forwarded + " commands of a client that reads nothing");
        assertTrue(client.isOpen());

        client.socket().takeAll();
        for (int due = data.takeReceived().size();
                due > 0;
                due = data.takeReceived().size()) {
            data.reply(value.repeat(due));
            sent += due;
        }

        assertEquals(30, sent);
        client.expect(value.repeat(30));
    }

    @Test
    void tooMuchUnreadOutputCutsTheClientOffAndNobodyElse() {
        Client other = fixture.connect();
        client.socket().takeOnly(0);
        client.send(gets(FIRST_WINDOW));
        other.send("GET b");

        data.reply(("$60000\r\n" + "x".repeat(60_000) + "\r\n").repeat(FIRST_WINDOW) + "+b\r\n");

        assertFalse(client.isOpen());
        assertEquals(1, fixture.count(Counter.CLIENTS_CUT_OFF));
        other.expect("+b\r\n");
        assertTrue(data.isOpen());
    }

    @Test
    void largeRepliesShrinkTheWindow() {
        client.send(gets(FIRST_WINDOW));
        data.takeReceived();
        data.reply(("$60000\r\n" + "x".repeat(60_000) + "\r\n").repeat(FIRST_WINDOW));
        client.received();

        client.send(gets(FIRST_WINDOW));

        int due = data.takeReceived().size();
        assertTrue(due >= 1 && due <= SessionFixture.UNREAD_OUTPUT / 40_000, () -> due + " in flight");
    }

    @Test
    void repliesThatAreStreamedShrinkTheWindowToo() {
        int size = 2 << 20;
        for (int i = 0; i < 3; i++) {
            client.send("GET large" + i);
            data.reply("$" + size + "\r\n" + "x".repeat(size) + "\r\n");
        }
        client.received();
        data.takeReceived();

        client.send(gets(FIRST_WINDOW));

        assertEquals(1, data.takeReceived().size(), "one such reply is more than a client should leave unread");
    }

    @Test
    void inputIsNotReadWhileSomethingIsAwaited() {
        client.send("GET a");
        client.send("CLIENT ID");
        byte[] piece = Wire.commands(gets(READ_BYTES / 20));

        int taken = sendUntilFull(client, piece, 100);

        assertTrue(taken <= 4, () -> taken + " reads of " + piece.length + " bytes");
        data.takeReceived();
        data.reply("+a\r\n");
        assertEquals(FIRST_WINDOW, data.takeReceived().size());
    }

    @Test
    void redisThatTakesNothingStopsTheClientsThatSend() {
        data.socket().takeOnly(0);
        byte[] piece = Wire.command("SET", "a", "x".repeat(50_000));

        int taken = sendUntilFull(client, piece, 200);

        assertTrue(taken < 100, () -> taken + " commands of 50 KB");
        assertTrue(client.isOpen());
        data.socket().takeAll();
        int answered = 0;
        for (int due = data.takeReceived().size();
                due > 0;
                due = data.takeReceived().size()) {
            data.reply("+OK\r\n".repeat(due));
            answered += due;
        }
        assertEquals(taken + 1, answered);
    }

    @Test
    void unfinishedCommandBeyondTheQueryBufferCutsTheClientOff() {
        client.sendRaw("*1000\r\n$5\r\nBLPOP\r\n");
        for (int i = 0; i < 900 && client.isOpen(); i++) {
            client.sendRaw("$2000\r\n" + "x".repeat(2_000) + "\r\n");
        }

        assertFalse(client.isOpen());
    }
}
