package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.resp.Wire;
import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands over clients.large-command stream on a lease. */
class LargeCommandTest {
    private static final int SIZE = 3 * SessionFixture.LARGE_COMMAND;
    private static final String LARGE = "SET large " + "x".repeat(SIZE);
    private static final int READ_BYTES = 16 * 1024;

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();
    private final FakeConnection data = fixture.data();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void sendInPieces(byte[] bytes, int from, int to) {
        for (int index = from; index < to; index += READ_BYTES) {
            client.socket().receive(Arrays.copyOfRange(bytes, index, Math.min(to, index + READ_BYTES)));
        }
    }

    @Test
    void largeCommandPassesOnALeaseWhileItComes() {
        byte[] command = Wire.commands(LARGE);
        sendInPieces(command, 0, command.length / 2);

        FakeConnection lease = fixture.lease();
        assertTrue(lease.partBytes() > SessionFixture.LARGE_COMMAND, "what came has left already");
        sendInPieces(command, command.length / 2, command.length);

        assertEquals(List.of(LARGE), lease.takeReceived());
        assertEquals(List.of(), data.takeReceived());
        lease.reply("+OK\r\n");
        client.expect("+OK\r\n");
    }

    @Test
    void largeCommandThatComesWithOneReadPassesTheLogLikeAnyOther() {
        client.send(LARGE);

        assertEquals(List.of(LARGE), data.takeReceived());
    }

    @Test
    void orderIsKeptAroundALargeCommand() {
        byte[] commands = Wire.commands("GET a", LARGE, "GET b", "GET c");
        sendInPieces(commands, 0, commands.length);
        assertEquals(List.of("GET a"), data.takeReceived());
        assertTrue(fixture.redis().connections("lease").isEmpty(), "it waits for the reply of the other connection");

        data.reply("+a\r\n");
        FakeConnection lease = fixture.lease();
        assertEquals(List.of(LARGE), lease.takeReceived());
        assertEquals(List.of(), data.takeReceived());
        lease.reply("+OK\r\n");
        assertEquals(List.of("GET b", "GET c"), data.takeReceived());
        data.reply("+b\r\n+c\r\n");

        client.expect("+a\r\n+OK\r\n+b\r\n+c\r\n");
    }

    @Test
    void idleLeaseServesTheNextLargeCommand() {
        byte[] command = Wire.commands(LARGE);
        for (int i = 0; i < 3; i++) {
            sendInPieces(command, 0, command.length);
            assertEquals(List.of(LARGE), fixture.lease().takeReceived());
            fixture.lease().reply("+OK\r\n");
            client.expect("+OK\r\n");
        }

        assertEquals(1, fixture.redis().connections("lease").size());
    }

    @Test
    void largeCommandCutAnywhereArrivesWhole() {
        byte[] command = Wire.commands("MSET a " + "x".repeat(70_000) + " b " + "y".repeat(70_000) + " c 1");
        for (int cut : new int[] {1, 4, 10, 40, 69_990, 70_030, 70_040, 70_050, 70_060, 140_060, command.length - 1}) {
            client.socket().receive(Arrays.copyOf(command, cut));
            client.socket().receive(Arrays.copyOfRange(command, cut, command.length - 1));
            client.socket().receive(Arrays.copyOfRange(command, command.length - 1, command.length));
            List<FakeConnection> leases = fixture.redis().connections("lease");
            FakeConnection way = leases.isEmpty() ? data : leases.get(0);
            List<String> received = way.takeReceived();
            assertEquals(1, received.size(), "cut at " + cut);
            assertEquals(command.length, Wire.commands(received.get(0)).length);
            way.reply("+OK\r\n");
            client.expect("+OK\r\n");
        }
    }

    @Test
    void clientThatDiesInTheMiddleHurtsNobody() {
        byte[] command = Wire.commands(LARGE);
        sendInPieces(command, 0, command.length / 2);
        FakeConnection lease = fixture.lease();

        client.socket().reset();

        assertFalse(lease.isOpen(), "Redis drops the unfinished command with its connection");
        assertTrue(data.isOpen());
    }

    @Test
    void clientThatEndsItsSendingInTheMiddleIsClosed() {
        byte[] command = Wire.commands(LARGE);
        sendInPieces(command, 0, command.length / 2);
        FakeConnection lease = fixture.lease();

        client.socket().receiveEnd();

        assertFalse(client.isOpen(), "the rest will never come, nor a reply");
        assertFalse(lease.isOpen());
    }

    @Test
    void clientThatEndsItsSendingBehindALargeCommandGetsItsReply() {
        byte[] command = Wire.commands(LARGE);
        sendInPieces(command, 0, command.length);
        client.socket().receiveEnd();
        assertTrue(client.isOpen());

        fixture.lease().reply("+OK\r\n");

        client.expect("+OK\r\n");
        assertFalse(client.isOpen());
    }

    @Test
    void garbageInsideOfItIsAnErrorAndTheEnd() {
        byte[] header = Wire.bytes("*3\r\n$3\r\nSET\r\n$100000\r\n" + "x".repeat(100_000) + "\r\n");
        sendInPieces(header, 0, header.length);
        FakeConnection lease = fixture.lease();

        client.sendRaw("garbage\r\n");

        client.expect("-ERR Protocol error: expected '$', got 'g'\r\n");
        assertFalse(client.isOpen());
        assertFalse(lease.isOpen());
    }

    @Test
    void lossInTheMiddleIsAnErrorAndTheRestIsSkipped() {
        byte[] command = Wire.commands(LARGE, "GET a");
        int middle = command.length / 2;
        sendInPieces(command, 0, middle);

        fixture.lease().lose();
        assertTrue(client.received().startsWith("-UNAVAILABLE "), "Redis applies no unfinished command");
        sendInPieces(command, middle, command.length);

        assertEquals(List.of("GET a"), data.takeReceived());
        data.reply("+a\r\n");
        client.expect("+a\r\n");
    }

    @Test
    void lossBeforeTheReplyIsInDoubt() {
        byte[] command = Wire.commands(LARGE);
        sendInPieces(command, 0, command.length);

        fixture.lease().lose();

        assertTrue(client.received().startsWith("-INDOUBT "));
        client.send("GET a");
        assertEquals(List.of("GET a"), data.takeReceived());
    }

    @Test
    void memoryHearsThatAKeyWasWrittenPastIt() {
        byte[] command = Wire.commands(LARGE);
        fixture.memory().takeHeard();
        sendInPieces(command, 0, command.length);

        fixture.lease().reply("+OK\r\n");

        assertEquals(List.of("unreadable db0 large"), fixture.memory().takeHeard());
    }

    @Test
    void leaseThatTakesNothingStopsTheClient() {
        byte[] command = Wire.command("SET", "large", "x".repeat(5_000_000));
        sendInPieces(command, 0, 10 * READ_BYTES);
        fixture.lease().socket().takeOnly(0);
        int index = 10 * READ_BYTES;
        while (client.socket().unread() == 0 && index < command.length) {
            sendInPieces(command, index, index + READ_BYTES);
            index += READ_BYTES;
        }
        int read = index;
        assertTrue(read < 1_000_000, () -> read + " bytes were read");

        fixture.lease().socket().takeAll();

        assertEquals(0, client.socket().unread());
    }
}
