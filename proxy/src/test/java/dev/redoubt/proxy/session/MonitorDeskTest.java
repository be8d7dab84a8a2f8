package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** MONITOR shows what Redis does and what the proxy answers, each with the address of the client that said it. */
class MonitorDeskTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();
    private final FakeConnection data = fixture.data();
    private final Client watcher = fixture.connect();

    @AfterEach
    void close() {
        fixture.close();
    }

    private FakeConnection monitor() {
        return fixture.redis().connection("monitor");
    }

    private void begin() {
        watcher.send("MONITOR");
        assertEquals(List.of("MONITOR"), monitor().takeReceived());
        monitor().reply("+OK\r\n");
        watcher.expect("+OK\r\n");
    }

    /** Redis tells of a command on that connection. */
    private void tell(String address, String command) {
        monitor().reply("+1700000000.000001 [0 " + address + "] " + command + "\r\n");
    }

    private void tellOfData(String command) {
        tell("10.0.0.9:" + data.id(), command);
    }

    @Test
    void commandIsShownWithItsClientsAddress() {
        begin();
        client.send("GET a", "SET a b\"\n");

        tellOfData("\"GET\" \"a\"");
        tellOfData("\"SET\" \"a\" \"b\\\"\\n\"");

        watcher.expect("+1700000000.000001 [0 test:1] \"GET\" \"a\"\r\n"
                + "+1700000000.000001 [0 test:1] \"SET\" \"a\" \"b\\\"\\n\"\r\n");
    }

    @Test
    void commandsOfScriptsAndStrangersAreShownAsTheyAre() {
        begin();

        tell("lua", "\"set\" \"a\" \"1\"");
        tell("10.1.1.1:5", "\"get\" \"a\"");

        watcher.expect("+1700000000.000001 [0 lua] \"set\" \"a\" \"1\"\r\n"
                + "+1700000000.000001 [0 10.1.1.1:5] \"get\" \"a\"\r\n");
    }

    @Test
    void whatTheProxySaysForItselfIsNotShown() {
        begin();

        tellOfData("\"PING\"");
        tellOfData("\"CLIENT\" \"SETNAME\" \"redoubt-data\"");
        watcher.expect("");

        tellOfData("\"SET\" \"a\" \"1\"");
        watcher.expect("+1700000000.000001 [0 10.0.0.9:" + data.id() + "] \"SET\" \"a\" \"1\"\r\n");
    }

    @Test
    void whatTheProxyAnswersIsShownWithoutPasswords() {
        begin();
        fixture.redis().password("ann", "secret");

        client.send("CLIENT SETNAME me", "HELLO 2 AUTH ann secret SETNAME x", "CLIENT LIST", "CLIENT", "FOO");

        String shown = watcher.received().replaceAll("\\+[0-9]+\\.[0-9]{6} ", "");
        assertEquals(
                "[0 test:1] \"CLIENT\" \"SETNAME\" \"me\"\r\n"
                        + "[0 test:1] \"HELLO\" \"2\" \"AUTH\" \"(redacted)\" \"(redacted)\" \"SETNAME\" \"x\"\r\n",
                shown);
    }

    @Test
    void transactionIsShownInItsOwnWords() {
        begin();
        client.send("multi", "set a 1", "exec");
        assertEquals(List.of("MULTI", "set a 1", "EXEC"), data.takeReceived());

        tellOfData("\"MULTI\"");
        tellOfData("\"set\" \"a\" \"1\"");
        tellOfData("\"EXEC\"");

        watcher.expect(
                "+1700000000.000001 [0 test:1] \"multi\"\r\n+1700000000.000001 [0 test:1] \"set\" \"a\" \"1\"\r\n"
                        + "+1700000000.000001 [0 test:1] \"exec\"\r\n");
    }

    @Test
    void transactionThatIsGivenUpShowsItsBeginAndEnd() {
        begin();

        client.send("multi", "set a 1", "get", "exec");

        String shown = watcher.received().replaceAll("\\+[0-9]+\\.[0-9]{6} ", "");
        assertEquals("[0 test:1] \"multi\"\r\n[0 test:1] \"exec\"\r\n", shown);
    }

    @Test
    void twoWatchersAreShownTheSame() {
        begin();
        Client second = fixture.connect();
        FakeConnection first = monitor();
        second.send("MONITOR");
        monitor().reply("+OK\r\n");
        client.send("GET a");

        String line = "+1700000000.000001 [0 10.0.0.9:" + data.id() + "] \"GET\" \"a\"\r\n";
        first.reply(line);
        monitor().reply(line);

        watcher.expect("+1700000000.000001 [0 test:1] \"GET\" \"a\"\r\n");
        second.expect("+OK\r\n+1700000000.000001 [0 test:1] \"GET\" \"a\"\r\n");
    }

    @Test
    void refusalIsTheAnswer() {
        watcher.send("MONITOR");
        monitor().reply("-NOPERM no\r\n");

        watcher.expect("-NOPERM no\r\n");
        assertTrue(fixture.redis().connections("monitor").isEmpty());
        watcher.send("CLIENT ID").expect(":2\r\n");
    }

    @Test
    void watcherMayNotTouchKeysAndResetEndsIt() {
        begin();

        watcher.send("GET a").expect("-ERR Replica can't interact with the keyspace\r\n");
        watcher.send("RESET");

        assertTrue(watcher.received().endsWith("+RESET\r\n"));
        assertTrue(fixture.redis().connections("monitor").isEmpty());
        watcher.send("GET a");
        assertEquals(List.of("GET a"), data.takeReceived());
    }

    @Test
    void watcherStaysThroughAnOutage() {
        begin();
        fixture.redis().goAway();
        fixture.loop().advance(Duration.ofMillis(500));
        fixture.redis().comeBack();
        fixture.loop().advance(Duration.ofSeconds(1));

        monitor().reply("+OK\r\n");
        tell("lua", "\"get\" \"a\"");

        watcher.expect("+1700000000.000001 [0 lua] \"get\" \"a\"\r\n");
    }

    @Test
    void clientThatLeavesTakesItsConnectionAlong() {
        begin();

        watcher.socket().reset();

        assertTrue(fixture.redis().connections("monitor").isEmpty());
        client.send("GET a");
        assertEquals(List.of("GET a"), data.takeReceived());
    }
}
