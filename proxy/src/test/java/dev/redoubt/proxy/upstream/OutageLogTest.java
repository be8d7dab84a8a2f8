package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.log.HeardLines;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines of an outage, to the letter. */
class OutageLogTest {
    private static final long SECOND = 1_000;

    private final UpstreamFixture fixture = new UpstreamFixture(new ScriptedMemory());
    private final RecordingSink sink = new RecordingSink();
    private HeardLines heard;

    @BeforeEach
    void listen() {
        heard = HeardLines.listen();
    }

    @AfterEach
    void close() {
        fixture.close();
        heard.close();
    }

    private static final String CONNECTING =
            "INFO  UpstreamServer: Connecting to Redis; commands wait until it answers upstream=\"redis:6379\"";
    private static final String REFUSED =
            "upstream=\"redis:6379\" cause=\"Connection refused\" since=\"2023-11-14T22:30:00Z\""
                    + " advice=\"nothing listens there: start Redis, or correct --upstream\"";
    private static final String LOST =
            "WARN  UpstreamServer: Redis is lost; commands wait, and go out in order when it is back"
                    + " upstream=\"redis:6379\" cause=\"closed by Redis\" since=\"2023-11-14T22:30:01Z\""
                    + " advice=\"nothing, if Redis is being restarted; else its own log says why it closed\"";
    private static final String UNREACHABLE =
            "WARN  UpstreamServer: Redis cannot be reached; commands wait for it, and it is tried again and again "
                    + REFUSED;
    private static final String STALLED =
            "WARN  UpstreamServer: Redis takes commands and does not answer; its connection is kept, what it has waits for its replies,"
                    + " and what is new waits here upstream=\"redis:6379\" cause=\"it takes commands but does not answer\" since=\"2023-11-14T22:30:01Z\""
                    + " advice=\"look for a slow command (SLOWLOG GET), a fork for saving, or a stopped process\"";
    private static final String FENCED =
            "INFO  UpstreamServer: Lost connections are fenced: nothing that was sent on them can arrive any more upstream=\"redis:6379\" connections=\"1\"";

    @Test
    void theFirstConnection() {
        fixture.start();

        assertLines(
                CONNECTING,
                "INFO  UpstreamServer: Connected to Redis; commands are forwarded upstream=\"redis:6379\" version=\"7.0.15\" attempts=\"1\"");
    }

    @Test
    void aRedisThatWasNeverThere() {
        fixture.redis().refuse();
        fixture.start();
        assertLines(CONNECTING, UNREACHABLE + toll(1, 0, "held=\"0\" repeated=\"0\" inDoubt=\"0\" unavailable=\"0\""));

        fixture.loop().advance(Duration.ofSeconds(30));

        assertLines();
    }

    @Test
    void anOutageThatCostsNothing() {
        up();

        fixture.redis().goAway();
        fixture.loop().run();
        assertLines(LOST);

        fixture.loop().advance(Duration.ofSeconds(5));
        assertEquals(1, heard.take().size(), "that it cannot be reached is told once");

        fixture.redis().restart();
        fixture.loop().advance(Duration.ofSeconds(1));
        List<String> last = heard.take();
        assertEquals(2, last.size(), last::toString);
        assertEquals(FENCED, last.get(0));
        assertTrue(
                last.get(1)
                        .startsWith(
                                "INFO  UpstreamServer: Redis is back; commands are forwarded upstream=\"redis:6379\" version=\"7.0.15\" newRun=\"true\" attempts="),
                last.get(1));
        assertTrue(
                last.get(1).endsWith("held=\"0\" repeated=\"0\" inDoubt=\"0\" unavailable=\"0\" backlogFull=\"0\""),
                last.get(1));
    }

    @Test
    void whatAnOutageCostIsCounted() {
        up();
        fixture.submit(sink, "GET a", "INCR n");

        fixture.redis().goAway();
        fixture.loop().run();
        for (int i = 0; i < 500; i++) {
            fixture.submit(sink, "SET k" + i + " secret");
        }
        fixture.redis().restart();
        fixture.loop().advance(Duration.ofSeconds(1));

        List<String> lines = heard.take();
        assertEquals(3, lines.size(), () -> "500 commands are no 500 lines: " + lines);
        assertTrue(lines.get(2).contains("held=\"500\" repeated=\"1\" inDoubt=\"1\" unavailable=\"0\""), lines.get(2));
        assertFalse(lines.toString().contains("secret"));
    }

    @Test
    void aLongOutageIsALineAMinute() {
        up();
        fixture.redis().goAway();
        fixture.loop().advance(Duration.ofSeconds(59));
        heard.take();

        fixture.loop().advance(Duration.ofMinutes(60));

        List<String> lines = heard.take();
        assertEquals(60, lines.size());
        assertTrue(lines.get(0).matches(".*attempts=\"[0-9]{3}\" awayMillis=\"60[0-9]{3}\".*"), lines.get(0));
        assertTrue(lines.get(59).contains("attempts=\""), lines.get(59));
    }

    @Test
    void aStallAndItsEnd() {
        up();
        fixture.submit(sink, "GET a");
        fixture.redis().answerOwn("PING", "");

        fixture.loop().advance(Duration.ofSeconds(20));
        assertLines(STALLED);

        fixture.redis().connection("data").reply("$1\r\n1\r\n");
        fixture.loop().run();
        assertLines(
                "INFO  UpstreamServer: Redis answers again; commands are forwarded upstream=\"redis:6379\" version=\"7.0.15\" awayMillis=\"20000\""
                        + " held=\"0\" repeated=\"0\" inDoubt=\"0\" unavailable=\"0\" backlogFull=\"0\"");
    }

    @Test
    void aConnectionThatCannotBeFenced() {
        up();
        long id = fixture.redis().connection("data").id();
        fixture.redis().answerOwn("CLIENT KILL ID " + id + " ADDR 10.0.0.9:" + id, "-NOPERM no permissions\r\n");

        fixture.redis().goAway();
        fixture.redis().comeBack();
        fixture.loop().advanceMillis(SECOND);

        assertLines(
                LOST,
                "WARN  UpstreamServer: A lost connection cannot be fenced; writes that were in flight on it are answered with -INDOUBT, not repeated"
                        + " upstream=\"redis:6379\" cause=\"NOPERM no permissions\" connections=\"1\""
                        + " advice=\"after a failover this is as it must be; else allow the user INFO and CLIENT KILL\"",
                "INFO  UpstreamServer: Redis is back; commands are forwarded upstream=\"redis:6379\" version=\"7.0.15\" newRun=\"false\" attempts=\"1\""
                        + " awayMillis=\"26\" held=\"0\" repeated=\"0\" inDoubt=\"0\" unavailable=\"0\" backlogFull=\"0\"");
    }

    private void up() {
        fixture.start();
        fixture.submit(sink, "GET a");
        fixture.redis().connection("data").reply("$1\r\n1\r\n");
        fixture.loop().advanceMillis(SECOND);
        heard.take();
    }

    private static String toll(long attempts, long awayMillis, String counts) {
        return " attempts=\"" + attempts + "\" awayMillis=\"" + awayMillis + "\" " + counts + " backlogFull=\"0\"";
    }

    private void assertLines(String... expected) {
        assertEquals(String.join("\n", expected), String.join("\n", heard.take()));
    }
}
