package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.lane.TestSocket;
import dev.redoubt.proxy.resp.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The errors are those that a Redis 7.0.15 gives. */
class HandshakeTest {
    private static final long NOW = 1_000_000_000_000L; // where the loop begins
    private static final String NOAUTH = "-NOAUTH Authentication required.\r\n";
    private static final String BUSY =
            "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.\r\n";
    private static final String CLIENT_INFO =
            bulk("id=7 addr=10.0.0.9:4242 laddr=10.0.0.1:6379 fd=8 name=redoubt-data");
    private static final String INFO =
            bulk("# Server\r\nredis_version:7.0.15\r\nrun_id:abc\r\nuptime_in_seconds:30\r\n\r\n# P\r\nloading:0\r\n");

    private final TestLoop loop = new TestLoop();
    private final List<String> events = new ArrayList<>();
    private final Requests requests = new Requests(cause -> events.add("lost " + cause));
    private final TestSocket socket = new TestSocket(loop, requests);
    private Identity identity;
    private Map<String, String> info;

    @AfterEach
    void close() {
        socket.reset();
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private void begin(UpstreamKey key) {
        new Handshake(
                        requests,
                        key,
                        new Credentials("admin", "pw"),
                        "redoubt-data",
                        "10.0.0.1:6379",
                        loop.lane(),
                        new Handshake.Outcome() {
                            @Override
                            public void ready(Identity as, Map<String, String> seen) {
                                events.add("ready");
                                identity = as;
                                info = seen;
                            }

                            @Override
                            public void failed(String cause) {
                                events.add("failed " + cause);
                            }
                        })
                .begin();
        loop.run();
    }

    @Test
    void everythingIsSentAtOnce() {
        begin(new UpstreamKey(3, 3, new Credentials("app", "secret")));

        assertEquals(
                new String(Wire.commands(
                        "SELECT 3",
                        "AUTH app secret",
                        "HELLO 3",
                        "CLIENT SETNAME redoubt-data",
                        "SELECT 3",
                        "CLIENT ID",
                        "CLIENT INFO",
                        "CLIENT NO-EVICT ON",
                        "INFO")),
                socket.takeSentText());
    }

    @Test
    void plainConnectionSaysNoMoreThanItMust() {
        begin(new UpstreamKey(0, 2, null));

        assertEquals(
                new String(Wire.commands(
                        "CLIENT SETNAME redoubt-data", "CLIENT ID", "CLIENT INFO", "CLIENT NO-EVICT ON", "INFO")),
                socket.takeSentText());
    }

    @Test
    void identityIsWhatTheServerSaysOfTheConnection() {
        begin(new UpstreamKey(0, 2, new Credentials(null, "secret")));

        socket.receive("+OK\r\n+OK\r\n:7\r\n" + CLIENT_INFO + "+OK\r\n" + INFO);

        assertEquals(List.of("ready"), events);
        ServerRun run = new ServerRun("abc", "10.0.0.1:6379", NOW - 31_000_000_000L);
        assertEquals(new Identity(7, "10.0.0.9:4242", run), identity);
        assertEquals("7.0.15", info.get("redis_version"));
    }

    @Test
    void deniedCommandsLeaveAConnectionThatCannotBeFenced() {
        String denied = "-NOPERM this user has no permissions to run the 'client|id' command\r\n";
        begin(new UpstreamKey(0, 2, null));

        socket.receive(denied.repeat(5));

        assertEquals(List.of("ready"), events);
        assertEquals(-1, identity.clientId());
        assertEquals(null, identity.clientAddress());
        assertEquals(null, identity.run().runId());
        assertEquals(Map.of(), info);
    }

    @Test
    void passwordThatIsAskedForIsTheClientsToHearOf() {
        begin(new UpstreamKey(2, 3, null));

        socket.receive(NOAUTH.repeat(7));

        assertEquals(List.of("ready"), events);
        assertEquals(-1, identity.clientId());
    }

    @Test
    void wrongPasswordIsARefusal() {
        begin(new UpstreamKey(0, 2, new Credentials("app", "wrong")));

        socket.receive("-WRONGPASS invalid username-password pair or user is disabled.\r\n" + NOAUTH.repeat(5));

        assertRefused("AUTH", "WRONGPASS invalid username-password pair or user is disabled.");
    }

    /** Redis lets a client change its user in whatever database it is. */
    @Test
    void userWhoMayNotSelectComesIntoItsDatabaseAllTheSame() {
        begin(new UpstreamKey(2, 3, new Credentials("app", "secret")));
        socket.takeSent();

        socket.receive(NOAUTH
                + "+OK\r\n%0\r\n+OK\r\n-NOPERM this user has no permissions to run the 'select' command\r\n:7\r\n"
                + CLIENT_INFO + "+OK\r\n" + INFO);

        assertEquals(List.of(), events);
        assertEquals(
                new String(Wire.commands(
                        "RESET",
                        "AUTH admin pw",
                        "SELECT 2",
                        "AUTH app secret",
                        "HELLO 3",
                        "CLIENT SETNAME redoubt-data")),
                socket.takeSentText());
        socket.receive("+RESET\r\n+OK\r\n+OK\r\n+OK\r\n%0\r\n+OK\r\n");
        assertEquals(List.of("ready"), events);
        assertEquals(7, identity.clientId());
    }

    @Test
    void databaseThatIsNotThereIsARefusal() {
        begin(new UpstreamKey(99, 2, null));

        socket.receive("+OK\r\n-ERR DB index is out of range\r\n:7\r\n" + CLIENT_INFO + "+OK\r\n" + INFO);

        assertRefused("SELECT", "ERR DB index is out of range");
    }

    @Test
    void userWithoutSelectStaysWhereTheConnectionWasBeforeIt() {
        begin(new UpstreamKey(9, 2, new Credentials("app", "secret")));

        socket.receive("+OK\r\n+OK\r\n+OK\r\n-NOPERM this user has no permissions to run the 'select' command\r\n:7\r\n"
                + CLIENT_INFO + "+OK\r\n" + INFO);

        assertEquals(List.of("ready"), events);
    }

    @Test
    void userWithoutSelectWhoWasNobodyBeforeIsRefused() {
        String noperm = "NOPERM this user has no permissions to run the 'select' command";
        begin(new UpstreamKey(9, 2, new Credentials("app", "secret")));

        socket.receive(NOAUTH + "+OK\r\n+OK\r\n-" + noperm + "\r\n:7\r\n" + CLIENT_INFO + "+OK\r\n" + INFO);
        socket.receive("+RESET\r\n-WRONGPASS\r\n" + NOAUTH);

        assertRefused("SELECT", noperm);
    }

    @Test
    void serverWithoutResp3IsARefusal() {
        begin(new UpstreamKey(0, 3, null));

        socket.receive("-ERR unknown command 'HELLO'\r\n+OK\r\n:7\r\n" + CLIENT_INFO + "+OK\r\n" + INFO);

        assertRefused("HELLO 3", "ERR unknown command 'HELLO'");
    }

    private void assertRefused(String what, String error) {
        String cause = "refused " + what + ": " + error;
        assertEquals(List.of("failed " + cause), events);
        assertTrue(Handshake.isRefusal(cause));
        assertEquals(error, Handshake.refusal(cause));
    }

    @Test
    void serverThatLoadsItsDataIsNotUsedYet() {
        begin(new UpstreamKey(0, 2, null));

        socket.receive("+OK\r\n:7\r\n" + CLIENT_INFO + "+OK\r\n" + bulk("run_id:abc\r\nloading:1\r\n"));

        assertEquals(List.of("failed LOADING Redis is loading the dataset in memory"), events);
        assertFalse(Handshake.isRefusal("LOADING Redis is loading the dataset in memory"));
    }

    @Test
    void serverThatRefusesEvenInfoWhileItLoadsIsNotUsedYet() {
        String loading = "-LOADING Redis is loading the dataset in memory\r\n";
        begin(new UpstreamKey(0, 2, null));

        socket.receive(loading.repeat(5));

        assertEquals(List.of("failed LOADING Redis is loading the dataset in memory"), events);
    }

    /** Taken for denied, INFO and CLIENT ID would leave a connection without identity, and lost ones without a fence. */
    @Test
    void serverThatIsBusyWithAScriptIsNotUsedYet() {
        begin(new UpstreamKey(0, 2, null));

        socket.receive(BUSY.repeat(5));

        assertEquals(
                List.of(
                        "failed BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE."),
                events);
    }

    @Test
    void scriptThatBeginsWhileHandsAreShakenIsNoRefusal() {
        begin(new UpstreamKey(5, 2, null));

        socket.receive(BUSY.repeat(6));

        assertEquals(1, events.size());
        assertFalse(Handshake.isRefusal(events.get(0).substring("failed ".length())));
    }

    @Test
    void lossBeforeTheEndIsTheConnectionsToTell() {
        begin(new UpstreamKey(0, 2, null));
        socket.receive("+OK\r\n:7\r\n");

        socket.reset();

        assertEquals(List.of("lost closed by Redis"), events);
    }

    @Test
    void infoThatMakesNoSenseIsReadAsFarAsItGoes() {
        assertEquals(Map.of("a", "b:c", "d", ""), Handshake.parseInfo("# X\r\na:b:c\r\nd:\r\n:x\r\nnothing\r\n\r\n"));
        assertEquals(Map.of(), Handshake.parseInfo(null));
    }
}
