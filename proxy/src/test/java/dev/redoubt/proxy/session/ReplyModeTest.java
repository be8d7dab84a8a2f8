package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CLIENT REPLY needs no connection of its own. */
class ReplyModeTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();
    private final FakeConnection data = fixture.data();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** As Redis 7.0.15 answered the same, each letter a GET that is answered with it. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            OFF;a;b;ON;c            => +OK|+c|
            OFF;ON;ON               => +OK|+OK|
            OFF;SKIP;a;ON;b         => +OK|+b|
            OFF;MULTI;a;EXEC;ON     => +OK|
            OFF;CLIENT ID;ON;a      => +OK|+a|
            OFF;RESET;a             => +RESET|+a|
            a;SKIP;b;c              => +a|+c|
            SKIP;SKIP;a;b           => +b|
            SKIP;CLIENT ID;a        => +a|
            SKIP;MULTI;a;EXEC       => +QUEUED|*0|
            SKIP;ON;a               => +OK|+a|
            SKIP;RESET;a            => +a|
            SKIP;SELECT 1;SELECT 0;a => +OK|+a|
            MAYBE                   => -ERR syntax error|
            SKIP;MAYBE;a            => +a|
            """)
    void onlySomeRepliesReachTheClient(String commands, String expected) {
        fixture.redis().answer(ReplyModeTest::answer);
        String[] sent = commands.split(";");
        for (int i = 0; i < sent.length; i++) {
            sent[i] = sent[i].matches("[a-z]")
                    ? "GET " + sent[i]
                    : sent[i].matches("ON|OFF|SKIP|MAYBE") ? "CLIENT REPLY " + sent[i] : sent[i];
        }

        client.send(sent);

        client.expect(expected.replace("|", "\r\n"));
        assertTrue(fixture.redis().connections("lease").isEmpty());
    }

    private static String answer(String command) {
        return switch (command.split(" ")[0]) {
            case "MULTI" -> "+OK\r\n";
            case "EXEC" -> "*0\r\n";
            case "GET" -> "+" + command.substring(4) + "\r\n";
            default -> "+OK\r\n";
        };
    }

    /** Bytes pass unseen on a connection that a session keeps, so Redis has to know of the silence. */
    @Test
    void silentSessionWithAConnectionOfItsOwnForGoodIsSilentThere() {
        client.send("CLIENT REPLY OFF", "SCRIPT DEBUG YES", "CLIENT REPLY ON");

        assertEquals(
                List.of("CLIENT REPLY OFF", "SCRIPT DEBUG YES", "CLIENT REPLY ON"),
                fixture.lease().takeReceived());
        fixture.lease().reply("+OK\r\n");
        client.expect("+OK\r\n");
    }

    @Test
    void skippedCommandThatGetsAConnectionOfItsOwnForGoodIsSkippedThere() {
        client.send("CLIENT REPLY SKIP", "SCRIPT DEBUG YES", "GET a");

        assertEquals(
                List.of("CLIENT REPLY SKIP", "SCRIPT DEBUG YES", "GET a"),
                fixture.lease().takeReceived());
        fixture.lease().reply("+a\r\n");
        client.expect("+a\r\n");
    }

    @Test
    void skippedCommandIsPipelinedWithTheOthers() {
        client.send("GET a", "CLIENT REPLY SKIP");
        data.reply("+a\r\n");
        data.takeReceived();

        client.send("GET b", "GET c", "GET d");

        assertEquals(List.of("GET b", "GET c", "GET d"), data.takeReceived());
        data.reply("+b\r\n+c\r\n+d\r\n");
        client.expect("+a\r\n+c\r\n+d\r\n");
    }

    @Test
    void errorOfTheProxysOwnIsSilencedToo() {
        client.send("CLIENT REPLY OFF", "INCR a", "GET a");
        data.lose();
        fixture.loop().advanceMillis(1_000);
        fixture.data().reply("+1\r\n");

        client.send("CLIENT REPLY ON").expect("+OK\r\n");
    }

    @Test
    void messagesAreNotSilenced() {
        fixture.redis().answer(command -> null);
        client.send("HELLO 3");
        client.received();
        client.send("CLIENT REPLY OFF", "SUBSCRIBE news");
        FakeConnection subscriptions = fixture.redis().connection("subscriptions");
        subscriptions.reply(">3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n");
        subscriptions.reply(">3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n");

        client.expect(">3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n>3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n");
    }

    @Test
    void replyOfABlockingCommandIsSilenced() {
        client.send("CLIENT REPLY SKIP", "BLPOP list 0", "GET a");
        fixture.lease().reply("*2\r\n+list\r\n+x\r\n");
        data.reply("+a\r\n");

        client.expect("+a\r\n");
    }
}
