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

/** Commands and replies in order, and one source of replies at a time. */
class PipelineTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();
    private final FakeConnection data = fixture.data();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void clientsShareOneConnection() {
        Client other = fixture.connect();

        client.send("SET a 1", "GET a");
        other.send("GET b");
        data.reply("+OK\r\n$1\r\n1\r\n$-1\r\n");

        client.expect("+OK\r\n$1\r\n1\r\n");
        other.expect("$-1\r\n");
        assertEquals(1, fixture.redis().connections("data").size());
    }

    @Test
    void commandsArriveHoweverTheyAreCut() {
        byte[] commands = Wire.bytes(
                "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$6\r\n\r\n*1\r\n\r\nGET b\r\n*0\r\n*2\r\n$3\r\nget\r\n$1\r\nc\r\n\r\n");
        for (int[] ends : Wire.deliveries(commands.length)) {
            int from = 0;
            for (int end : ends) {
                client.socket().receive(Arrays.copyOfRange(commands, from, end));
                from = end;
            }
            assertEquals(
                    List.of("SET a \r\n*1\r\n", "GET b", "get c"),
                    data.takeReceived(),
                    () -> "delivered up to " + Arrays.toString(ends));
            data.reply("+OK\r\n$1\r\nb\r\n$1\r\nc\r\n");
            client.expect("+OK\r\n$1\r\nb\r\n$1\r\nc\r\n");
        }
    }

    @Test
    void inlineCommandIsForwardedAsAnArray() {
        client.sendRaw("SET greeting \"hello world\"\r\n");

        assertEquals(List.of("SET greeting hello world"), data.takeReceived());
        data.reply("+OK\r\n");
        client.expect("+OK\r\n");
    }

    @Test
    void unknownCommandIsForwarded() {
        client.send("JSON.GET k");

        assertEquals(List.of("JSON.GET k"), data.takeReceived());
    }

    @Test
    void replyToAClientThatLeftIsSwallowed() {
        client.send("GET a");
        client.socket().reset();
        Client other = fixture.connect();
        other.send("GET b");

        data.reply("+a\r\n+b\r\n");

        other.expect("+b\r\n");
        assertEquals(1, fixture.openClients());
    }

    @Test
    void commandThatMakesAReplicaIsRefused() {
        client.send("PSYNC ? -1")
                .expect("-ERR PSYNC is not possible through Redoubt: it makes a replica of its connection\r\n");
        assertEquals(List.of(), data.takeReceived());
    }

    // ---- law 4

    @Test
    void localAnswerWaitsForEarlierReplies() {
        client.send("GET a", "CLIENT ID", "GET b").expect("");
        assertEquals(List.of("GET a"), data.takeReceived());

        data.reply("+a\r\n");

        client.expect("+a\r\n:1\r\n");
        assertEquals(List.of("GET b"), data.takeReceived());
    }

    @Test
    void anotherDatabaseWaitsForEarlierReplies() {
        client.send("SET a 1", "SELECT 3", "GET a");
        assertEquals(List.of("SET a 1"), data.takeReceived());
        assertEquals(1, fixture.redis().connections("data").size(), "not even asked for");

        data.reply("+OK\r\n");
        client.expect("+OK\r\n+OK\r\n");
        FakeConnection third = fixture.data();
        assertEquals("redoubt-data-db3-resp2", third.name());
        assertEquals(List.of("GET a"), third.takeReceived());
        third.reply("$-1\r\n");

        client.expect("$-1\r\n");
        assertEquals(List.of(), data.takeReceived());
    }

    @Test
    void databaseThatIsKnownIsChangedToAtOnce() {
        client.send("SELECT 3", "SELECT 0", "SELECT 3", "SELECT 0").expect("+OK\r\n+OK\r\n+OK\r\n+OK\r\n");
        client.send("GET a");

        assertEquals(List.of("GET a"), data.takeReceived());
        assertEquals(2, fixture.redis().connections("data").size());
    }

    @Test
    void databaseThatIsNotThereChangesNothing() {
        client.send("SELECT 99", "GET a").expect("-ERR DB index is out of range\r\n");

        assertEquals(List.of("GET a"), data.takeReceived());
    }

    @Test
    void anotherProtocolIsAnotherConnection() {
        client.send("GET a", "HELLO 3", "GET b");
        data.reply("+a\r\n");

        FakeConnection third = fixture.data();
        assertEquals("redoubt-data-db0-resp3", third.name());
        assertEquals(List.of("GET b"), third.takeReceived());
        third.reply("_\r\n");
        String received = client.received();
        assertTrue(received.startsWith("+a\r\n%7\r\n") && received.endsWith("*0\r\n_\r\n"), received);
    }

    @Test
    void clientThatLeavesWhileADatabaseIsAskedForIsForgotten() {
        fixture.redis().refuse();
        client.send("SELECT 3");
        client.socket().reset();
        fixture.redis().comeBack();

        fixture.loop().advanceMillis(1_000);

        assertEquals(0, fixture.openClients());
    }

    // ---- bytes that are no commands

    @Test
    void protocolErrorClosesAfterEarlierReplies() {
        client.sendRaw("*2\r\n$3\r\nGET\r\n$1\r\na\r\n*1\r\nX\r\n*1\r\n$4\r\nPING\r\n")
                .expect("");
        assertEquals(List.of("GET a"), data.takeReceived());

        data.reply("+a\r\n");

        client.expect("+a\r\n-ERR Protocol error: expected '$', got 'X'\r\n");
        assertFalse(client.isOpen());
        assertEquals(List.of(), data.takeReceived());
        assertTrue(data.isOpen());
    }

    @Test
    void unbalancedQuotesCloseAfterEarlierReplies() {
        client.sendRaw("GET a\r\nSET b \"x\r\nGET c\r\n").expect("");
        assertEquals(List.of("GET a"), data.takeReceived());

        data.reply("+a\r\n");

        client.expect("+a\r\n-ERR Protocol error: unbalanced quotes in request\r\n");
        assertFalse(client.isOpen());
        assertEquals(List.of(), data.takeReceived());
    }

    @Test
    void clientThatSpeaksTlsIsToldThatThereIsNone() {
        client.sendRaw("\26\3\1\2\0\1\0\1\374\3\3 \"\n x")
                .expect("-ERR Protocol error: there is no TLS at this port\r\n");

        assertFalse(client.isOpen());
        assertEquals(List.of(), data.takeReceived());
    }

    @Test
    void protocolErrorIsTheSameHoweverItIsCut() {
        byte[] bytes = Wire.bytes("*2\r\n$3\r\nGET\r\n$-7\r\n");
        for (int[] ends : Wire.deliveries(bytes.length)) {
            Client one = fixture.connect();
            int from = 0;
            for (int end : ends) {
                one.socket().receive(Arrays.copyOfRange(bytes, from, end));
                from = end;
            }
            one.expect("-ERR Protocol error: invalid bulk length\r\n");
            assertFalse(one.isOpen());
        }
        assertEquals(List.of(), data.takeReceived());
    }

    @Test
    void inlineLineWithoutEndIsAnError() {
        client.sendRaw("x".repeat(65_537)).expect("-ERR Protocol error: too big inline request\r\n");

        assertFalse(client.isOpen());
    }

    // ---- a client that ends its sending

    @Test
    void clientThatHalfClosesGetsItsReplies() {
        client.send("SET a 1", "GET a");
        client.socket().receiveEnd();
        assertTrue(client.isOpen());

        data.reply("+OK\r\n+1\r\n");

        client.expect("+OK\r\n+1\r\n");
        assertFalse(client.isOpen());
    }

    @Test
    void clientThatIsOwedNothingIsClosedAtItsEnd() {
        client.socket().receiveEnd();

        assertFalse(client.isOpen());
    }

    @Test
    void unfinishedCommandIsDroppedAtTheEnd() {
        client.send("GET a").sendRaw("*2\r\n$3\r\nGET");
        client.socket().receiveEnd();

        data.reply("+a\r\n");

        client.expect("+a\r\n");
        assertFalse(client.isOpen());
        assertEquals(List.of("GET a"), data.takeReceived());
    }

    @Test
    void whatWaitedWhenTheClientHalfClosedIsRun() {
        client.send("GET a", "SELECT 3", "GET b");
        client.socket().receiveEnd();

        data.reply("+a\r\n");
        fixture.data().reply("+b\r\n");

        client.expect("+a\r\n+OK\r\n+b\r\n");
        assertFalse(client.isOpen());
    }

    @Test
    void databaseThatIsBeingAskedForIsAwaitedAfterTheEnd() {
        fixture.redis().answerOwn("INFO", null);
        client.send("SELECT 3", "GET b");
        client.socket().receiveEnd();
        assertTrue(client.isOpen());

        fixture.redis().connection("data-db3").reply("$0\r\n\r\n");
        fixture.redis().connection("data-db3").reply("+b\r\n");

        client.expect("+OK\r\n+b\r\n");
        assertFalse(client.isOpen());
    }
}
