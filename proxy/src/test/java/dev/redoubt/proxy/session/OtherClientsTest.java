package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CLIENT LIST, INFO, KILL and UNBLOCK are about the proxy's clients; whether the user may say them is Redis's to decide. */
class OtherClientsTest {
    private static final String NOBODY = "9223372036854775807";

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Redis allows everything, and has none of the clients that it is asked about. */
    private void allowAll() {
        fixture.redis().answer(OtherClientsTest::allowed);
    }

    private static String allowed(String command) {
        if (command.startsWith("CLIENT LIST")) {
            return "$0\r\n\r\n";
        }
        return command.startsWith("CLIENT KILL") || command.startsWith("CLIENT UNBLOCK") ? ":0\r\n" : null;
    }

    private String list(Client asker, String command) {
        asker.send(command);
        String reply = asker.received();
        return reply.substring(reply.indexOf("\r\n") + 2, reply.length() - 2);
    }

    /** The values of that field, a line each. */
    private static String values(String list, String field) {
        return Stream.of(list.split("\n"))
                .map(line -> line.replaceAll("(.* |^)" + field + "=(\\S*).*", "$2"))
                .collect(Collectors.joining(","));
    }

    // ---- the line

    @Test
    void lineHasTheFieldsOfRedisInItsOrder() {
        allowAll();
        String line = list(client, "CLIENT INFO");

        assertEquals(
                "id=1 addr=test:1 laddr=test:1 fd=-1 name= age=0 idle=0 flags=N db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=26"
                        + " qbuf-free=0 argv-mem=10 multi-mem=0 rbs=0 rbp=0 obl=0 oll=0 omem=0 tot-mem=4106 events=r"
                        + " cmd=client|info user=default redir=-1 resp=2\n",
                line);
    }

    @Test
    void lineTellsWhatTheClientDidAndIs() {
        allowAll();
        client.send("CLIENT SETNAME me", "CLIENT NO-EVICT ON");
        client.received();
        fixture.loop().advance(Duration.ofSeconds(7));
        client.send("GET a");
        fixture.data().reply("$-1\r\n");
        fixture.loop().advance(Duration.ofSeconds(3));
        Client asker = fixture.connect();

        String list = list(asker, "CLIENT LIST");

        assertEquals("1,2", values(list, "id"));
        assertEquals("me,", values(list, "name"));
        assertEquals("10,0", values(list, "age"));
        assertEquals("3,0", values(list, "idle"));
        assertEquals("e,N", values(list, "flags"));
        assertEquals("get,client|list", values(list, "cmd"));
    }

    @Test
    void lineTellsOfTransactionsAndOfWhatBlocks() {
        allowAll();
        client.send("MULTI", "SET a 1", "SET b 2");
        client.expect("+OK\r\n+QUEUED\r\n+QUEUED\r\n");
        Client blocked = fixture.connect().send("BLPOP list 0");
        Client asker = fixture.connect();

        String list = list(asker, "CLIENT LIST");

        assertEquals("x,b,N", values(list, "flags"));
        assertEquals("2,-1,-1", values(list, "multi"));
        assertEquals("set,blpop,client|list", values(list, "cmd"));
        assertTrue(blocked.isOpen());
    }

    @Test
    void resp3GetsItAsTextForPeople() {
        allowAll();
        client.send("HELLO 3");
        client.received();

        client.send("CLIENT INFO");

        assertTrue(client.received().matches("(?s)=[0-9]+\r\ntxt:id=1 .* resp=3\n\r\n"));
    }

    // ---- LIST

    @Test
    void listIsOfTheIdsAndTypesThatAreAskedFor() {
        allowAll();
        fixture.connect();
        Client subscriber = fixture.connect();
        subscriber.send("SUBSCRIBE news");
        fixture.redis().connection("sub").reply(">3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n");

        assertEquals("1,3", values(list(client, "CLIENT LIST ID 3 1 9"), "id"));
        assertEquals("3", values(list(client, "CLIENT LIST TYPE pubsub"), "id"));
        assertEquals("1", values(list(client, "CLIENT LIST TYPE pubsub"), "sub"));
        assertEquals("1,2", values(list(client, "CLIENT LIST TYPE normal"), "id"));
        assertEquals("", list(client, "CLIENT LIST TYPE replica"));
    }

    // ---- errors

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            CLIENT LIST TYPE x           => -ERR Unknown client type 'x'
            CLIENT LIST TYPE             => -ERR syntax error
            CLIENT LIST ID x             => -ERR Invalid client ID
            CLIENT LIST FOO 1            => -ERR syntax error
            CLIENT KILL ID 10 x          => -ERR syntax error
            CLIENT KILL ID x             => -ERR client-id should be greater than 0
            CLIENT KILL ID 0             => -ERR client-id should be greater than 0
            CLIENT KILL TYPE x           => -ERR Unknown client type 'x'
            CLIENT KILL SKIPME maybe     => -ERR syntax error
            CLIENT KILL MAXAGE 10        => -ERR syntax error
            CLIENT KILL 1.2.3.4:5        => -ERR No such client
            CLIENT KILL                  => -ERR wrong number of arguments for 'client|kill' command
            """)
    void wrongOptionsAreAnsweredAsRedisDoes(String command, String error) {
        allowAll();

        client.send(command).expect(error + "\r\n");
    }

    @Test
    void whatRedisDeniesTheUserIsNotDone() {
        fixture.redis()
                .answer(command -> command.startsWith("CLIENT")
                        ? "-NOPERM this user has no permissions to run the 'client|kill' command\r\n"
                        : null);
        Client other = fixture.connect();

        client.send("CLIENT KILL ID 2")
                .expect("-NOPERM this user has no permissions to run the 'client|kill' command\r\n");
        client.send("CLIENT LIST").expect("-NOPERM this user has no permissions to run the 'client|kill' command\r\n");

        assertTrue(other.isOpen());
    }

    // ---- KILL

    @Test
    void killClosesTheClientWithThatId() {
        allowAll();
        Client other = fixture.connect();

        client.send("CLIENT KILL ID 2").expect(":1\r\n");

        assertFalse(other.isOpen());
        client.send("CLIENT KILL ID 2").expect(":0\r\n");
    }

    @Test
    void killSparesItsOwnClientUnlessItIsToldNotTo() {
        allowAll();
        fixture.connect();
        fixture.connect();

        client.send("CLIENT KILL TYPE normal").expect(":2\r\n");
        assertTrue(client.isOpen());
        client.send("CLIENT KILL SKIPME no").expect(":1\r\n");

        assertFalse(client.isOpen());
        assertEquals(0, fixture.openClients());
    }

    @Test
    void oldFormKillsByAddress() {
        allowAll();
        Client other = fixture.connect();

        client.send("CLIENT KILL test:1").expect("+OK\r\n");

        assertFalse(client.isOpen());
        assertFalse(other.isOpen());
    }

    @Test
    void killOfAUserAsksRedisWhetherThereIsOne() {
        fixture.redis()
                .answer(command -> command.equals("ACL GETUSER ann")
                        ? "*2\r\n$5\r\nflags\r\n*0\r\n"
                        : command.startsWith("ACL") ? "*-1\r\n" : allowed(command));

        client.send("CLIENT KILL USER bob").expect("-ERR No such user 'bob'\r\n");
        client.send("CLIENT KILL USER ann").expect(":0\r\n");
        client.send("CLIENT KILL USER default SKIPME no").expect(":1\r\n");
    }

    @Test
    void killOfABlockedClientEndsItsConnectionToRedis() {
        allowAll();
        fixture.connect().send("BLPOP list 0");
        var lease = fixture.lease();

        client.send("CLIENT KILL ID 2").expect(":1\r\n");

        assertFalse(lease.isOpen());
    }

    // ---- UNBLOCK

    @Test
    void unblockNamesTheConnectionOnWhichTheClientWaits() {
        Client blocked = fixture.connect().send("BLPOP list 0");
        long id = fixture.lease().id();

        client.send("CLIENT UNBLOCK 2 ERROR");
        assertEquals(List.of("CLIENT UNBLOCK " + id + " ERROR"), fixture.data().takeReceived());
        fixture.data().reply(":1\r\n");
        fixture.lease().reply("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n");

        client.expect(":1\r\n");
        blocked.expect("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n");
    }

    @Test
    void unblockOfAClientThatDoesNotWaitNamesNobody() {
        fixture.connect();

        client.send("CLIENT UNBLOCK 2");

        assertEquals(List.of("CLIENT UNBLOCK " + NOBODY), fixture.data().takeReceived());
        fixture.data().reply(":0\r\n");
        client.expect(":0\r\n");
    }

    @Test
    void errorsOfUnblockAreThoseOfRedis() {
        client.send("CLIENT UNBLOCK x");

        assertEquals(List.of("CLIENT UNBLOCK x"), fixture.data().takeReceived());
    }

    // ---- outages

    @Test
    void inAnOutageTheProxyAnswersItself() {
        Client other = fixture.connect();
        fixture.redis().goAway();

        assertEquals("1,2", values(list(client, "CLIENT LIST"), "id"));
        client.send("CLIENT UNBLOCK 2").expect(":0\r\n");
        client.send("CLIENT KILL ID 2").expect(":1\r\n");

        assertFalse(other.isOpen());
    }
}
