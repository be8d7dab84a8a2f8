package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.RequiresRedis;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are not RESP, or hardly: the proxy answers as Redis does to the same bytes, and only whoever sent them is closed. */
@Timeout(30)
@RequiresRedis("7.0")
class ProtocolIT {
    private static final String QUIT = "*1\r\n$4\r\nQUIT\r\n";
    private static final String LONG = "x".repeat(70_000);

    private static RedisServer redis;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    static Stream<String> whatRedisAccepts() {
        return Stream.of(
                "PING\r\n",
                "PING\n",
                "  ping   hello  \r\n",
                "\r\n\r\nPING\r\n",
                "SET inline 'two words'\r\nGET inline\r\n",
                "SET inline \"a\\x41\\n\\\"b\"\r\nGET inline\r\n",
                "SET inline ''\r\nGET inline\r\nSTRLEN inline\r\n",
                "PING\r\n*1\r\n$4\r\nPING\r\nPING\r\n",
                "*0\r\n*-1\r\nPING\r\n",
                "*1\r\n$4\r\nPINGxx*1\r\n$4\r\nPING\r\n",
                "*2\r\n$4\r\nECHO\r\n$0\r\n\r\n",
                "*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$5\r\n\0\r\n\1\2\r\n*2\r\n$3\r\nGET\r\n$1\r\nb\r\n",
                "*1\r\n$0\r\n\r\n",
                "*01\r\n$4\r\nPING\r\n");
    }

    static Stream<String> whatRedisRefuses() {
        return Stream.of(
                "SET k \"open\r\n",
                "SET k 'a'b\r\n",
                "*x\r\n",
                "*1x\r\n",
                "*\r\n",
                "*99999999999999999999\r\n",
                "*1\r\n+PING\r\n",
                "*1\r\nPING\r\n",
                "*1\r\n$x\r\n",
                "*1\r\n$-1\r\n",
                "*1\r\n$536870913\r\n",
                "*2\r\n$3\r\nGET\r\n:1\r\n",
                "*" + LONG,
                "*1\r\n$" + LONG,
                LONG,
                "PING\r\nSET k v\r\n*1\r\n!PING\r\n");
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("whatRedisAccepts")
    void accepted(String input) throws IOException {
        String expected = answerOf(redis.port(), input + QUIT);

        assertEquals(expected, answerOf(proxy.port(), input + QUIT));
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("whatRedisRefuses")
    void refused(String input) throws IOException {
        String expected = answerOf(redis.port(), input);
        try (RawClient other = proxy.connect()) {
            assertEquals(expected, answerOf(proxy.port(), input));
            assertEquals("PONG", other.call("PING"));
        }
    }

    /** Redis itself had this limit until 6.2, and has 2^31 - 1 since 7.0. */
    @Test
    void tooManyArguments() throws IOException {
        assertEquals("-ERR Protocol error: invalid multibulk length\r\n", answerOf(proxy.port(), "*1048577\r\n"));
    }

    @Test
    void inputComesByteByByte() {
        String input = "*3\r\n$3\r\nSET\r\n$4\r\nslow\r\n$5\r\nbytes\r\nGET slow\r\n*2\r\n$3\r\nGET\r\n$4\r\nslow\r\n";
        try (RawClient client = proxy.connect()) {
            for (char next : input.toCharArray()) {
                client.sendRaw(String.valueOf(next));
            }

            assertEquals(List.of("OK", "bytes", "bytes"), List.of(client.read(), client.read(), client.read()));
        }
    }

    @Test
    void aClientThatStopsInTheMiddleOfACommandHurtsNobody() {
        try (RawClient stuck = proxy.connect();
                RawClient other = proxy.connect()) {
            stuck.sendRaw("*3\r\n$3\r\nSET\r\n$5\r\nstuck\r\n$5\r\nha");
            for (int i = 0; i < 100; i++) {
                assertEquals("OK", other.call("SET", "other", "value"));
            }
            stuck.reset();
            assertEquals(0L, other.call("EXISTS", "stuck"));
        }
    }

    /** All that comes until the other side closes. */
    private static String answerOf(int port, String input) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(input.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
