package dev.redoubt.agent.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.redoubt.agent.log.Log;
import dev.redoubt.agent.observe.Endpoint;
import dev.redoubt.agent.observe.Observer;
import dev.redoubt.agent.option.OptionReader;
import dev.redoubt.agent.option.WrongOptionsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Jedis is answered before it connects. */
class JedisSocketsTest {
    private static final int PORT = 6379;

    @TempDir
    Path directory;

    private Path log;

    @BeforeEach
    void log() {
        log = directory.resolve("agent.log");
    }

    @Test
    void theProxysHostIsLookedUpInstead() throws Exception {
        assertEquals("proxy.example", sockets("proxy=proxy.example:1").hostFor(new Connection(), "asked", PORT));
        assertEquals("asked", sockets("mode=observe").hostFor(new Connection(), "asked", PORT));
    }

    @Test
    void aHostThatIsNoneStaysNone() throws Exception {
        assertNull(sockets("").hostFor(new Connection(), null, PORT));
        assertNull(sockets("mode=observe").hostFor(new Connection(), null, PORT));
    }

    @Test
    void tlsEndsAtTheAgentWhereTheProxyIsOnLoopbackAndIsKeptElsewhere() throws Exception {
        JedisSockets local = sockets("proxy=localhost:6380");
        JedisSockets remote = sockets("proxy=proxy.example:6380");
        Connection tls = new Connection();
        tls.ssl = true;
        for (JedisSockets sockets : List.of(local, remote)) {
            sockets.hostFor(tls, "asked", PORT);
        }

        assertEquals(false, local.tlsFor(true));
        assertNull(local.tlsFor("options"));
        assertEquals(true, remote.tlsFor(true));
        assertEquals("options", remote.tlsFor("options"));
        assertEquals(
                new Endpoint("proxy.example", 6380, true), remote.router().proxyFor(new Endpoint("asked", PORT, true)));
        assertEquals(
                new Endpoint("localhost", 6380, false), local.router().proxyFor(new Endpoint("asked", PORT, true)));
    }

    @Test
    void theAddressThatJedisTriesIsThatWhichIsConnectedTo() throws Exception {
        Endpoint proxy = new Endpoint("localhost", 6380, false);
        InetAddress second = InetAddress.getByName("::1");

        assertEquals(
                new InetSocketAddress(second, 6380),
                RoutedSocket.addressOf(proxy, new InetSocketAddress(second, PORT)));
        assertEquals(
                new InetSocketAddress("localhost", 6380),
                RoutedSocket.addressOf(proxy, InetSocketAddress.createUnresolved("localhost", PORT)));
    }

    @Test
    void whereJedisKeepsItsCredentialsThatIsSaidOnce() throws Exception {
        JedisSockets sockets = sockets("credentials=strip,proxy=proxy.example:6380");
        Connection tls = new Connection();
        tls.ssl = true;

        sockets.hostFor(new Connection(), "asked", PORT);
        assertEquals(0, said("credentials=strip"));
        sockets.hostFor(tls, "asked", PORT);
        sockets.hostFor(tls, "asked", PORT);

        assertEquals(1, said("credentials=strip cannot be done for Jedis"));
    }

    private JedisSockets sockets(String arguments) throws WrongOptionsException {
        return new JedisSockets(
                new Router(OptionReader.read(arguments, new Properties(), Map.of()), Log.open(log.toString(), false)),
                Observer.NONE);
    }

    private long said(String part) throws IOException {
        return Files.readString(log).lines().filter(line -> line.contains(part)).count();
    }

    /** What Jedis has in its own. */
    static final class Connection {
        boolean ssl;
    }
}
