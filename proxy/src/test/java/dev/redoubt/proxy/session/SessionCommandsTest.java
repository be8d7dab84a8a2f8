package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session answers itself. Replies were taken from a Redis 7.0.15 that was sent the same. */
class SessionCommandsTest {
    private final SessionFixture fixture = new SessionFixture().start();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String hello(int version, long id) {
        return (version == 3 ? "%7" : "*14")
                + "|$6|server|$5|redis|$7|version|$6|7.0.15|$5|proto|:" + version + "|$2|id|:" + id
                + "|$4|mode|$10|standalone|$4|role|$6|master|$7|modules|*0|";
    }

    private static String wire(String reply) {
        return reply.replace("|", "\r\n");
    }

    /** A bar stands for the end of a line. Commands are divided by semicolons; an argument of two quotes is empty. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            CLIENT ID                           => :1|
            CLIENT ID x                         => -ERR wrong number of arguments for 'client/id' command|
            CLIENT                              => -ERR wrong number of arguments for 'client' command|
            client getname                      => $-1|
            CLIENT SETNAME app;CLIENT GETNAME   => +OK|$3|app|
            CLIENT SETNAME a;CLIENT SETNAME '';CLIENT GETNAME => +OK|+OK|$-1|
            CLIENT SETNAME a_b                  => -ERR Client names cannot contain spaces, newlines or special characters.|
            CLIENT SETNAME \u00e9               => -ERR Client names cannot contain spaces, newlines or special characters.|
            CLIENT SETNAME                      => -ERR wrong number of arguments for 'client/setname' command|
            CLIENT NO-EVICT on                  => +OK|
            CLIENT NO-EVICT x                   => -ERR syntax error|
            CLIENT NO-EVICT                     => -ERR wrong number of arguments for 'client/no-evict' command|
            CLIENT SETINFO lib-name jedis       => +OK|
            CLIENT SETINFO LIB-VER 5.1.0        => +OK|
            CLIENT FOO                          => -ERR unknown subcommand 'FOO'. Try CLIENT HELP.|
            HELLO 4                             => -NOPROTO unsupported protocol version|
            HELLO -1                            => -NOPROTO unsupported protocol version|
            HELLO 03                            => -ERR Protocol version is not an integer or out of range|
            HELLO abc                           => -ERR Protocol version is not an integer or out of range|
            HELLO 99999999999999999999          => -ERR Protocol version is not an integer or out of range|
            HELLO 3 FOO                         => -ERR Syntax error in HELLO option 'FOO'|
            HELLO 3 SETNAME                     => -ERR Syntax error in HELLO option 'SETNAME'|
            HELLO 3 AUTH default                => -ERR Syntax error in HELLO option 'AUTH'|
            HELLO 3 SETNAME a_b                 => -ERR Client names cannot contain spaces, newlines or special characters.|
            SELECT                              => -ERR wrong number of arguments for 'select' command|
            SELECT 1 2                          => -ERR wrong number of arguments for 'select' command|
            SELECT abc                          => -ERR value is not an integer or out of range|
            SELECT 01                           => -ERR value is not an integer or out of range|
            SELECT +1                           => -ERR value is not an integer or out of range|
            SELECT -1                           => -ERR DB index is out of range|
            SELECT 16                           => -ERR DB index is out of range|
            SELECT 99999999999                  => -ERR value is out of range, value must between -2147483648 and 2147483647|
            AUTH                                => -ERR wrong number of arguments for 'auth' command|
            AUTH a b c                          => -ERR syntax error|
            AUTH app secret                     => -WRONGPASS invalid username-password pair or user is disabled.|
            HELLO 3 AUTH app secret             => -WRONGPASS invalid username-password pair or user is disabled.|
            RESET                               => +RESET|
            RESET x                             => -ERR wrong number of arguments for 'reset' command|
            EXEC                                => -ERR EXEC without MULTI|
            DISCARD                             => -ERR DISCARD without MULTI|
            UNWATCH                             => +OK|
            """)
    void answerIsThatOfRedis(String commands, String expected) {
        Client client = fixture.connect();
        for (String command : commands.split(";")) {
            client.sendRaw(encode(command));
        }

        client.expect(wire(expected).replace("client/", "client|"));
        assertTrue(client.isOpen());
    }

    /** Words with spaces between; an underscore between letters is a space inside a word. */
    private static String encode(String command) {
        StringBuilder out = new StringBuilder();
        String[] words = command.split(" ");
        out.append('*').append(words.length).append("\r\n");
        for (String word : words) {
            String text = word.equals("''") ? "" : word.replace("a_b", "a b");
            out.append('$').append(text.length()).append("\r\n").append(text).append("\r\n");
        }
        return out.toString();
    }

    @Test
    void helloTellsTheServerAndChangesTheProtocol() {
        Client client = fixture.connect();

        client.send("HELLO").expect(wire(hello(2, 1)));
        client.send("HELLO 2").expect(wire(hello(2, 1)));
        client.send("HELLO 3").expect(wire(hello(3, 1)));
        client.send("CLIENT GETNAME").expect("_\r\n");
        client.send("HELLO 2 SETNAME app", "CLIENT GETNAME").expect(wire(hello(2, 1) + "$3|app|"));
    }

    @Test
    void helloThatIsRefusedChangesNothing() {
        Client client = fixture.connect();

        client.send("HELLO 3 SETNAME app FOO").expect("-ERR Syntax error in HELLO option 'FOO'\r\n");

        client.send("CLIENT GETNAME").expect("$-1\r\n");
        client.send("HELLO").expect(wire(hello(2, 1)));
    }

    @Test
    void clientsHaveIdsOfTheProxysOwn() {
        fixture.connect();
        Client second = fixture.connect();

        second.send("CLIENT ID").expect(":2\r\n");
        assertEquals(2, fixture.openClients());
    }

    @Test
    void roleIsTheWordThatHelloHas() {
        fixture.close();
        SessionFixture replica = new SessionFixture();
        replica.redis().answerOwn("INFO", "$44\r\nredis_version:7.0.15\r\nrole:slave\r\nrun_id:abc\r\n");
        replica.start();

        replica.connect().send("HELLO 3").expect(wire(hello(3, 1).replace("$6|master", "$7|replica")));

        replica.close();
    }

    @Test
    void resetIsAFreshStart() {
        Client client = fixture.connect();
        client.send("HELLO 3 SETNAME app", "SELECT 3");
        client.received();

        client.send("RESET", "CLIENT GETNAME", "HELLO").expect(wire("+RESET|$-1|" + hello(2, 1)));
        client.send("GET x");

        assertEquals(List.of("GET x"), fixture.data().takeReceived());
        assertTrue(fixture.data().name().endsWith("db0-resp2"));
    }

    @Test
    void quitIsAnsweredAndCloses() {
        Client client = fixture.connect();

        client.send("QUIT", "CLIENT ID").expect("+OK\r\n");

        assertFalse(client.isOpen());
        assertEquals(0, fixture.openClients());
    }

    @Test
    void quitWaitsForRepliesThatAreDue() {
        Client client = fixture.connectReady();

        client.send("GET x", "QUIT").expect("");
        assertTrue(client.isOpen());
        fixture.data().reply("$1\r\n1\r\n");

        client.expect("$1\r\n1\r\n+OK\r\n");
        assertFalse(client.isOpen());
    }
}
