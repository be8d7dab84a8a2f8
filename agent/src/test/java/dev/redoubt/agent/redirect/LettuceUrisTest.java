package dev.redoubt.agent.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.agent.log.Log;
import dev.redoubt.agent.observe.Observer;
import dev.redoubt.agent.option.OptionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The copy that Lettuce connects to. */
class LettuceUrisTest {
    private final Uri asked = Uri.asked();

    @Test
    void towardsLoopbackTlsEndsAtTheAgent() throws Exception {
        Uri copy = copy("proxy=[::1]:6380");

        assertEquals("::1", copy.host);
        assertEquals(6380, copy.port);
        assertFalse(copy.ssl);
        assertFalse(copy.startTls);
        assertEquals("secret", copy.password);
    }

    @Test
    void towardsAnotherMachineTlsIsKept() throws Exception {
        Uri copy = copy("proxy=proxy.example:6380");

        assertEquals("proxy.example", copy.host);
        assertTrue(copy.ssl);
    }

    @Test
    void credentialsAreStrippedWhereThatIsWanted() throws Exception {
        assertNull(copy("credentials=strip").password);
    }

    @Test
    void theApplicationsOwnIsNotChanged() throws Exception {
        assertNotSame(asked, copy("credentials=strip"));

        assertEquals("asked.example", asked.host);
        assertTrue(asked.ssl);
        assertEquals("secret", asked.password);
    }

    @Test
    void aSocketOfUnixAndTheProxyItselfStayAsTheyAre() throws Exception {
        assertSame(asked, uris("proxy=asked.example:6379").uriFor(this, asked));
        asked.socket = "/run/redis.sock";
        assertSame(asked, uris("").uriFor(this, asked));
    }

    @Test
    void whatSentinelsWatchGoesToTheProxyWithoutAskingThem() throws Exception {
        asked.sentinels.add("one:26379");
        asked.sentinelMasterId = "primary";

        Uri copy = copy("");

        assertEquals("127.0.0.1", copy.host);
        assertNull(copy.sentinelMasterId);
    }

    private Uri copy(String arguments) throws Exception {
        return (Uri) uris(arguments).uriFor(this, asked);
    }

    private static LettuceUris uris(String arguments) throws Exception {
        return new LettuceUris(
                new Router(OptionReader.read(arguments, new Properties(), Map.of()), Log.open("", true)),
                Observer.NONE);
    }

    /** What Lettuce has, as far as it is read. */
    public static final class Uri {
        String host = "";
        int port;
        boolean ssl;
        boolean startTls;
        String password;
        String socket;
        String sentinelMasterId;
        final List<String> sentinels = new ArrayList<>();

        public Uri() {}

        static Uri asked() {
            Uri uri = new Uri();
            uri.host = "asked.example";
            uri.port = 6379;
            uri.ssl = true;
            uri.startTls = true;
            uri.password = "secret";
            return uri;
        }

        public String getHost() {
            return host;
        }

        public int getPort() {
            return port;
        }
    }
}
