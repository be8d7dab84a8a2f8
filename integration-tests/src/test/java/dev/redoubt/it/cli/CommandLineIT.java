package dev.redoubt.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.cli.CommandLineTool;
import dev.redoubt.proxy.cli.ProxyStarter;
import dev.redoubt.proxy.cli.StartException;
import dev.redoubt.proxy.cli.Terminal;
import dev.redoubt.proxy.config.MainSetting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The commands that talk to a server, against one that follows a script. */
class CommandLineIT {
    private static final String KILL_PROBE = "CLIENT KILL ID 9223372036854775807 ADDR 0.0.0.0:0";
    private static final Map<String, String> HEALTHY = Map.of(
            "AUTH joe pw",
            "+OK\r\n",
            "PING",
            "+PONG\r\n",
            "SELECT 2",
            "+OK\r\n",
            "INFO server",
            "$22\r\nredis_version:7.0.15\r\n\r\n",
            KILL_PROBE,
            ":0\r\n");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void checkOfAHealthyUpstreamPasses() throws IOException {
        try (ScriptedRedis redis = new ScriptedRedis(HEALTHY)) {
            int exitCode = run("", "check", "--upstream", "redis://joe:pw@127.0.0.1:" + redis.port() + "/2");

            assertEquals(0, exitCode, out());
            assertEquals(List.of("AUTH joe pw", "PING", "SELECT 2", "INFO server", KILL_PROBE), redis.received());
            assertTrue(out().contains("passed  version      Redis 7.0.15"), out());
            assertTrue(!out().contains("pw"), out());
        }
    }

    @Test
    void checkNamesEveryPermissionThatIsMissing() throws IOException {
        Map<String, String> script = new HashMap<>(HEALTHY);
        script.put("INFO server", "-NOPERM no info\r\n");
        script.put(KILL_PROBE, "-NOPERM no kill\r\n");
        try (ScriptedRedis redis = new ScriptedRedis(script)) {
            int exitCode = run("", "check", "--upstream", "redis://127.0.0.1:" + redis.port());

            assertEquals(1, exitCode);
            assertTrue(out().contains("FAILED  INFO         NOPERM no info"), out());
            assertTrue(out().contains("FAILED  CLIENT KILL  NOPERM no kill"), out());
            assertTrue(out().contains("+client|kill"), out());
        }
    }

    @Test
    void checkFindsAnOldServer() throws IOException {
        Map<String, String> script = new HashMap<>(HEALTHY);
        script.put("INFO server", "$22\r\nredis_version:5.0.14\r\n\r\n");
        try (ScriptedRedis redis = new ScriptedRedis(script)) {
            assertEquals(1, run("", "check", "--upstream", "127.0.0.1:" + redis.port()));
            assertTrue(out().contains("FAILED  version      Redis 5.0.14"), out());
        }
    }

    @Test
    void checkFindsWhatIsNotRedis() throws IOException {
        try (ScriptedRedis redis = new ScriptedRedis(Map.of("PING", "HTTP/1.1 400 Bad Request\r\n"))) {
            assertEquals(1, run("", "check", "--upstream", "127.0.0.1:" + redis.port()));
            assertTrue(out().contains("FAILED  RESP         this is not Redis"), out());
        }
    }

    @Test
    void checkOfAClosedPortFailsAtTcp() throws IOException {
        assertEquals(1, run("", "check", "--upstream", "127.0.0.1:" + closedPort()));
        assertTrue(out().contains("FAILED  TCP"), out());
    }

    @Test
    void clientPrintsAReply() throws IOException {
        try (ScriptedRedis redis = new ScriptedRedis(Map.of("GET greeting", "$5\r\nhello\r\n"))) {
            int exitCode = run("", "cli", "-p", Integer.toString(redis.port()), "GET", "greeting");

            assertEquals(0, exitCode, err());
            assertEquals("\"hello\"\n", out());
        }
    }

    @Test
    void clientPassesOptionsOfTheCommandOn() throws IOException {
        try (ScriptedRedis redis = new ScriptedRedis(Map.of("ECHO -n", "$2\r\n-n\r\n"))) {
            run("", "cli", "-p", Integer.toString(redis.port()), "ECHO", "-n");

            assertEquals("\"-n\"\n", out());
        }
    }

    @Test
    void clientReadsLines() throws IOException {
        Map<String, String> script = Map.of("AUTH pw", "+OK\r\n", "SELECT 3", "+OK\r\n", "GET a b", ":1\r\n");
        try (ScriptedRedis redis = new ScriptedRedis(script)) {
            String lines = "GET 'a b'\n\nGET \"open\nNOTHING\nquit\nGET 'a b'\n";

            int exitCode = run(lines, "cli", "-p", Integer.toString(redis.port()), "-a", "pw", "-n", "3");

            assertEquals(0, exitCode);
            assertEquals("(integer) 1\nInvalid argument(s)\n(error) ERR not in the script\n", out());
        }
    }

    @Test
    void clientWithoutServerSaysWhere() throws IOException {
        int port = closedPort();

        assertEquals(1, run("", "cli", "-p", Integer.toString(port), "PING"));
        assertTrue(err().startsWith("redoubt cli: 127.0.0.1:" + port + ": "), err());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void portInUseNamesItsHolderAndTheOption() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            InetSocketAddress address = (InetSocketAddress) holder.getLocalSocketAddress();

            String message = StartException.cannotListen(address, MainSetting.LISTEN, new IOException("in use"))
                    .getMessage();

            assertTrue(message.contains("(pid " + ProcessHandle.current().pid() + ")"), message);
            assertTrue(message.endsWith("choose another address with --listen HOST:PORT"), message);
        }
    }

    private int run(String input, String... arguments) {
        ProxyStarter starter = settings -> {
            throw new AssertionError("nothing is to be started");
        };
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return new CommandLineTool(starter, terminal, Map.of(), "1.2.3").run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket chosen = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return chosen.getLocalPort();
        }
    }
}
