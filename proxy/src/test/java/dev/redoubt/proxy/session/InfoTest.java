package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** INFO is Redis's, with a section of the proxy's own where Redis gives its default sections, or where it is asked for. */
class InfoTest {
    private static final String SERVER = "# Server\r\nredis_version:7.0.15\r\n";

    private final SessionFixture fixture = new SessionFixture().start();
    private final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private String answer(String command, String reply) {
        client.send(command);
        assertEquals(List.of(command), fixture.data().takeReceived());
        fixture.data().reply(reply);
        return client.received();
    }

    private static void assertWholeBulk(String reply) {
        int end = reply.indexOf("\r\n");
        int length = Integer.parseInt(reply.substring(1, end));
        assertEquals(end + 2 + length + 2, reply.length());
    }

    @Test
    void sectionComesBehindRedissWithAnEmptyLineBetween() {
        String reply = answer("INFO", bulk(SERVER));

        assertTrue(reply.contains(SERVER + "\r\n# Redoubt\r\nredoubt_state:up\r\n"), reply);
        assertTrue(reply.contains("\r\nredoubt_clients:"), reply);
        assertTrue(reply.contains("\r\nredoubt_in_doubt_total:0\r\n"), reply);
        assertWholeBulk(reply);
    }

    @Test
    void severalSectionsTakeItInWhereItIsNamedOrAllAre() {
        assertTrue(answer("INFO server redoubt", bulk(SERVER)).contains("# Redoubt"));
        assertTrue(answer("info everything", bulk(SERVER)).contains("# Redoubt"));
        assertTrue(answer("info All", bulk(SERVER)).contains("# Redoubt"));
        assertTrue(answer("info server default", bulk(SERVER)).contains("# Redoubt"));
    }

    @Test
    void clientsThatAreCountedAreTheProxys() {
        fixture.connect();
        String clients = "# Clients\r\nconnected_clients:17\r\nblocked_clients:5\r\n";

        String reply = answer("INFO clients", bulk(clients));

        assertEquals(bulk("# Clients\r\nconnected_clients:2\r\nblocked_clients:0\r\n"), reply);
    }

    @Test
    void otherSectionsAreRedissAlone() {
        assertEquals(bulk(SERVER), answer("INFO server", bulk(SERVER)));
        assertEquals(bulk(""), answer("INFO nosuch", bulk("")));
    }

    @Test
    void ownSectionAloneIsAnsweredHere() {
        client.send("INFO Redoubt", "PING");

        String reply = client.received();
        assertTrue(reply.substring(reply.indexOf("\r\n")).startsWith("\r\n# Redoubt\r\n"), reply);
        assertWholeBulk(reply);
        assertEquals(List.of("PING"), fixture.data().takeReceived());
    }

    @Test
    void verbatimStringKeepsItsType() {
        client.send("HELLO 3", "INFO", "GET a");
        client.received();

        fixture.data().reply("=" + (SERVER.length() + 4) + "\r\ntxt:" + SERVER + "\r\n_\r\n");

        String reply = client.received();
        assertTrue(reply.endsWith("_\r\n"), reply);
        String info = reply.substring(0, reply.length() - 3);
        assertTrue(info.startsWith("="), info);
        assertTrue(info.contains("txt:" + SERVER + "\r\n# Redoubt\r\n"), info);
        assertWholeBulk(info);
    }

    @Test
    void errorIsRedissOwn() {
        assertEquals("-NOPERM no\r\n", answer("INFO", "-NOPERM no\r\n"));
    }

    @Test
    void repliesAroundItKeepTheirOrder() {
        client.send("GET a", "INFO", "GET b");
        assertEquals(List.of("GET a", "INFO", "GET b"), fixture.data().takeReceived());

        fixture.data().reply("$1\r\na\r\n" + bulk(SERVER) + "$1\r\nb\r\n");

        String reply = client.received();
        assertTrue(reply.startsWith("$1\r\na\r\n$"), reply);
        assertTrue(reply.endsWith("$1\r\nb\r\n"), reply);
    }

    @Test
    void insideATransactionItIsRedissAlone() {
        client.send("MULTI", "INFO", "EXEC");
        fixture.data().takeReceived();
        client.received();

        fixture.data().reply("+OK\r\n+QUEUED\r\n*1\r\n" + bulk(SERVER));

        String reply = client.received();
        assertFalse(reply.contains("# Redoubt"), reply);
        assertTrue(reply.endsWith(bulk(SERVER)), reply);
    }
}
