package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CLIENT PAUSE holds the proxy's clients here, and all others at Redis. */
class ClientPauseTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();
    private final FakeConnection data = fixture.data();
    private final Client other = fixture.connect();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void pause(String command) {
        client.send(command);
        assertEquals(List.of(command), data.takeReceived());
        data.reply("+OK\r\n");
        client.expect("+OK\r\n");
    }

    private void advanceMillis(long millis) {
        fixture.loop().advance(Duration.ofMillis(millis));
    }

    @Test
    void writesWaitForTheEndAndReadsGoOn() {
        pause("CLIENT PAUSE 1000 WRITE");

        other.send("GET a", "SET a 1", "GET a");
        assertEquals(List.of("GET a"), data.takeReceived());
        data.reply("$1\r\nx\r\n");
        advanceMillis(999);
        assertEquals(List.of(), data.takeReceived());
        advanceMillis(1);

        assertEquals(List.of("SET a 1", "GET a"), data.takeReceived());
    }

    @Test
    void allWaitsWhereAllIsPaused() {
        pause("CLIENT PAUSE 1000");

        other.send("GET a");
        client.send("CLIENT ID").expect("");
        assertEquals(List.of(), data.takeReceived());
        advanceMillis(1000);

        assertEquals(List.of("GET a"), data.takeReceived());
        client.expect(":1\r\n");
    }

    @Test
    void unpauseEndsItForAll() {
        pause("CLIENT PAUSE 60000 WRITE");
        other.send("SET a 1");

        client.send("CLIENT UNPAUSE");
        assertEquals(List.of("CLIENT UNPAUSE"), data.takeReceived());
        data.reply("+OK\r\n");

        client.expect("+OK\r\n");
        assertEquals(List.of("SET a 1"), data.takeReceived());
    }

    @Test
    void laterPauseNeitherShortensNorLoosens() {
        pause("CLIENT PAUSE 1000 WRITE");
        pause("CLIENT PAUSE 10 WRITE");
        other.send("SET a 1");

        advanceMillis(500);

        assertEquals(List.of(), data.takeReceived());
    }

    @Test
    void writesWaitFromTheMomentOnThatRedisIsAsked() {
        client.send("CLIENT PAUSE 1000 WRITE");
        other.send("SET a 1");

        assertEquals(List.of("CLIENT PAUSE 1000 WRITE"), data.takeReceived());
    }

    @Test
    void nothingWaitsWhereRedisRefuses() {
        client.send("CLIENT PAUSE 1000 WRITE");
        other.send("SET a 1");
        data.takeReceived();

        data.reply("-NOPERM no\r\n");

        client.expect("-NOPERM no\r\n");
        assertEquals(List.of("SET a 1"), data.takeReceived());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLIENT PAUSE x", "CLIENT PAUSE -1", "CLIENT PAUSE 100 FOO", "CLIENT PAUSE 0"})
    void whatPausesNothingIsForRedisToAnswer(String command) {
        pause(command);

        other.send("SET a 1");

        assertEquals(List.of("SET a 1"), data.takeReceived());
    }

    // ---- what writes

    @ParameterizedTest
    @ValueSource(strings = {"PUBLISH c m", "SPUBLISH c m", "PFCOUNT k", "EVAL return 0", "DEL a", "BLPOP a 0", "#!lua"})
    void whatMayReplicateWaits(String command) {
        pause("CLIENT PAUSE 1000 WRITE");

        other.sendRaw(encode(command));

        assertEquals(List.of(), data.takeReceived());
        assertEquals(List.of(), fixture.redis().connections("lease"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PING", "EVAL_RO return 0", "SET a", "FOO", "CONFIG GET x", "#!lua flags=no-writes"})
    void whatDoesNotOrIsWrongGoesOn(String command) {
        pause("CLIENT PAUSE 1000 WRITE");

        other.sendRaw(encode(command));

        int sent = data.takeReceived().size();
        for (FakeConnection lease : fixture.redis().connections("lease")) {
            sent += lease.takeReceived().size();
        }
        assertEquals(1, sent);
    }

    /** A first line of a script stands for EVAL of one with that line. */
    private static String encode(String command) {
        String[] words =
                command.startsWith("#!") ? new String[] {"EVAL", command + "\nreturn 1", "0"} : command.split(" ");
        StringBuilder out = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            out.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EVALSHA abc 0", "FCALL f 0"})
    void whatOnlyRedisCanJudgeIsPausedThere(String command) {
        pause("CLIENT PAUSE 1000 WRITE");

        other.send(command);

        assertEquals(List.of(), data.takeReceived());
        assertEquals(List.of(command), fixture.lease().takeReceived());
    }

    @Test
    void transactionWaitsAtExecIfItWrites() {
        pause("CLIENT PAUSE 1000 WRITE");

        other.send("MULTI", "SET a 1", "EXEC");
        client.send("MULTI", "GET a", "EXEC");
        assertEquals(List.of("MULTI", "GET a", "EXEC"), data.takeReceived());
        data.reply("+OK\r\n+QUEUED\r\n*1\r\n$-1\r\n");
        advanceMillis(1000);

        assertEquals(List.of("MULTI", "SET a 1", "EXEC"), data.takeReceived());
    }

    @Test
    void pauseInsideATransactionHoldsFromItsExecOn() {
        client.send("MULTI", "SET a 1", "CLIENT PAUSE 1000 WRITE", "EXEC");
        assertEquals(List.of("CLIENT PAUSE -1"), data.takeReceived());
        data.reply("-ERR timeout is negative\r\n");

        other.send("SET b 1");

        assertEquals(List.of(), data.takeReceived());
        assertEquals(
                List.of("MULTI", "SET a 1", "CLIENT PAUSE 1000 WRITE", "EXEC"),
                fixture.lease().takeReceived().stream()
                        .filter(command -> !command.startsWith("CLIENT SET") && !command.equals("CLIENT INFO"))
                        .toList());
    }

    @Test
    void pauseInsideATransactionHoldsNobodyIfTheUserMayNot() {
        client.send("MULTI", "CLIENT PAUSE 1000 WRITE", "EXEC");
        data.takeReceived();
        data.reply("-NOPERM no\r\n");

        other.send("SET b 1");

        assertEquals(List.of("SET b 1"), data.takeReceived());
    }

    @Test
    void clientsThatWaitCountAsBlocked() {
        pause("CLIENT PAUSE 1000 WRITE");

        other.send("SET a 1");

        assertEquals(1, fixture.house().clients().blocked());
    }

    @Test
    void pipelineOfReadsKeepsToItsWindow() {
        pause("CLIENT PAUSE 1000 WRITE");
        String[] many = new String[200];
        Arrays.fill(many, "GET a");

        other.send(many);

        assertEquals(32, data.takeReceived().size());
    }

    @Test
    void inAnOutageItHoldsHere() {
        fixture.redis().goAway();

        client.send("CLIENT PAUSE 60000 WRITE").expect("+OK\r\n");
        other.send("SET a 1");

        assertEquals(1, fixture.house().clients().blocked());
        client.send("CLIENT UNPAUSE").expect("+OK\r\n");
        assertEquals(0, fixture.house().clients().blocked());
    }
}
