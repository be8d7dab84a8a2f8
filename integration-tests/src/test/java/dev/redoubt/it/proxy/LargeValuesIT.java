package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large values come through byte for byte and stop nobody; so do deep pipelines. */
@Timeout(60)
class LargeValuesIT {
    private static final int MB = 1 << 20;
    private static final int CHUNK = 64 * 1024;
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());

    private static RedisServer redis;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        System.out.println("LargeValuesIT: -Dredoubt.seed=" + SEED);
        redis = RedisServer.started();
        // Redis sends faster than a client may read, and is never made to wait: what is between them has to fit in
        // here.
        proxy = ProxyProcess.setup()
                .upstream(redis)
                .options("--clients-output-limit", "128MB")
                .start();
        new ProxyPages(proxy).awaitState("up");
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {CHUNK - 100, CHUNK, MB - 1, MB, MB + 1, 3 * MB, 100 * MB})
    void roundTrip(int bytes) throws IOException {
        try (Socket socket = new Socket(proxy.host(), proxy.port())) {
            socket.setSoTimeout(20_000);
            set(socket, "large", bytes);
            assertArrayEquals(ascii("+OK\r\n"), socket.getInputStream().readNBytes(5));

            socket.getOutputStream().write(ascii("*2\r\n$3\r\nGET\r\n$5\r\nlarge\r\n*1\r\n$4\r\nPING\r\n"));

            byte[] header = ascii("$" + bytes + "\r\n");
            assertArrayEquals(header, socket.getInputStream().readNBytes(header.length));
            Random random = new Random(SEED);
            for (int left = bytes; left > 0; left -= CHUNK) {
                byte[] expected = new byte[CHUNK];
                random.nextBytes(expected);
                byte[] part = socket.getInputStream().readNBytes(Math.min(CHUNK, left));
                assertArrayEquals(Arrays.copyOf(expected, part.length), part);
            }
            assertArrayEquals(ascii("\r\n+PONG\r\n"), socket.getInputStream().readNBytes(9));
        }
    }

    @Test
    void aReplyBeyondTheLimitCutsOffWhoDoesNotReadIt() {
        try (RawClient slow = proxy.connect();
                RawClient other = proxy.connect()) {
            other.call("SETRANGE", "huge", Integer.toString(200 * MB), "x");

            slow.send("GET", "huge");

            Eventually.until("the cut", () -> new ProxyPages(proxy).metric("clients_cut_off_total") == 1);
            assertEquals(200L * MB + 1, other.call("STRLEN", "huge"));
        }
    }

    @Test
    void anUploadStopsNobody() throws IOException {
        try (Socket uploading = new Socket(proxy.host(), proxy.port());
                RawClient other = proxy.connect()) {
            OutputStream out = uploading.getOutputStream();
            out.write(ascii("*3\r\n$3\r\nSET\r\n$6\r\nupload\r\n$" + 100 * MB + "\r\n"));
            byte[] chunk = new byte[MB];
            for (int i = 0; i < 50; i++) {
                out.write(chunk);
                assertEquals("OK", other.call("SET", "other", "value-" + i));
            }
            assertEquals(0L, other.call("EXISTS", "upload"), "half of it is there");
            for (int i = 50; i < 100; i++) {
                out.write(chunk);
            }
            out.write(ascii("\r\n"));
            assertArrayEquals(ascii("+OK\r\n"), uploading.getInputStream().readNBytes(5));
            assertEquals(100L * MB, other.call("STRLEN", "upload"));
        }
    }

    @Test
    void anUploadThatIsBrokenOffHasNoEffect() throws IOException {
        try (RawClient other = proxy.connect()) {
            try (Socket uploading = new Socket(proxy.host(), proxy.port())) {
                uploading.getOutputStream().write(ascii("*3\r\n$3\r\nSET\r\n$6\r\nbroken\r\n$" + 10 * MB + "\r\n"));
                uploading.getOutputStream().write(new byte[5 * MB]);
            }
            Eventually.until("its lease given back", () -> new ProxyPages(proxy).metric("leases") == 0);
            assertEquals(0L, other.call("EXISTS", "broken"));
        }
    }

    @Test
    void aDeepPipelineKeepsItsOrder() {
        int depth = 16_384;
        try (RawClient client = proxy.connect()) {
            String[][] commands = new String[depth][];
            for (int i = 0; i < depth; i++) {
                commands[i] = i % 2 == 0 ? new String[] {"SET", "deep", "v" + i} : new String[] {"GET", "deep"};
            }
            Thread sender = new Thread(() -> client.sendAll(commands));
            sender.start();
            for (int i = 0; i < depth; i++) {
                assertEquals(i % 2 == 0 ? "OK" : "v" + (i - 1), client.read());
            }
        }
    }

    @Test
    void largeAndSmallMixInAPipeline() {
        String large = "x".repeat(200_000);
        try (RawClient client = proxy.connect()) {
            for (int i = 0; i < 20; i++) {
                client.sendAll(
                        new String[] {"SET", "small", "s" + i},
                        new String[] {"SET", "big", large + i},
                        new String[] {"GET", "small"},
                        new String[] {"STRLEN", "big"},
                        new String[] {"GETRANGE", "big", "200000", "-1"});
                assertEquals("OK", client.read());
                assertEquals("OK", client.read());
                assertEquals("s" + i, client.read());
                assertTrue((Long) client.read() > 200_000);
                assertEquals(Integer.toString(i), client.read());
            }
        }
    }

    private static void set(Socket socket, String key, int bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(ascii("*3\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n$" + bytes + "\r\n"));
        Random random = new Random(SEED);
        for (int left = bytes; left > 0; left -= CHUNK) {
            byte[] chunk = new byte[CHUNK];
            random.nextBytes(chunk);
            out.write(chunk, 0, Math.min(CHUNK, left));
        }
        out.write(ascii("\r\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
