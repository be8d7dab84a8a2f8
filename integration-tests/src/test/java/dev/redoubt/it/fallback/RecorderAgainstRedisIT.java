package dev.redoubt.it.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.fallback.FallbackSettings;
import dev.redoubt.proxy.fallback.FlightRecorder;
import dev.redoubt.proxy.fallback.MemoryStore;
import dev.redoubt.proxy.fallback.Mode;
import dev.redoubt.proxy.fallback.Outcome;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is known after random pipelines is what Redis holds: value, absence, and the expiry where it is known. */
class RecorderAgainstRedisIT {
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());
    private static final int SEQUENCES = 30;
    private static final int RUNS = 100;
    /** Without strings: what is known of the other types ends with the next command that is not for them. */
    private static final int LAST_RUNS = 10;

    private static final long SLACK_MILLIS = 2_000;

    private static FallbackRedis redis;

    private final Random random = new Random(SEED);
    private long known;
    private long hashes;
    private long sets;
    private long lists;

    @BeforeAll
    static void start() throws IOException {
        redis = new FallbackRedis();
    }

    @AfterAll
    static void stop() throws IOException {
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void whatIsKnownIsWhatRedisHolds(int respVersion) throws IOException {
        System.out.println("seed " + SEED);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            try (FallbackRedis.Connection connection = redis.connect()) {
                connection.send("HELLO", Integer.toString(respVersion));
                connection.send("FLUSHALL");
                oneSequence(connection, new RandomCommands(random));
            }
        }
        assertTrue(known > SEQUENCES * 3L, known + " keys were known in all");
        assertTrue(hashes > SEQUENCES / 8L, hashes + " hashes were known as a whole");
        assertTrue(sets > SEQUENCES / 8L, sets + " sets were known as a whole");
        assertTrue(lists > SEQUENCES / 8L, lists + " lists were known");
    }

    private void oneSequence(FallbackRedis.Connection connection, RandomCommands commands) throws IOException {
        FlightRecorder recorder =
                new FlightRecorder(FallbackSettings.DEFAULTS, Clock.SYSTEM, RecorderAgainstRedisIT::writtenKeys);
        for (int run = 0; run < RUNS; run++) {
            int strings = run < RUNS - LAST_RUNS ? 10 : 1;
            record(connection, recorder, () -> random.nextInt(strings) == 0 ? compound() : commands.next());
        }
        recorder.drain(() -> {});
        MemoryStore store = new MemoryStore(FallbackSettings.DEFAULTS, Clock.SYSTEM, random, recorder);
        for (String key : RandomCommands.KEYS) {
            compare(connection, store, key);
        }
    }

    private void record(FallbackRedis.Connection connection, FlightRecorder recorder, Supplier<String[]> commands)
            throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        int count = random.nextInt(1, 20);
        for (int i = 0; i < count; i++) {
            byte[] frame = frame(commands.get());
            sent.write(frame);
            received.write(connection.sendRaw(frame));
        }
        ByteBuf requests = Unpooled.wrappedBuffer(sent.toByteArray());
        ByteBuf replies = Unpooled.wrappedBuffer(received.toByteArray());
        recorder.record(0, true, count, requests, 0, sent.size(), replies, 0, received.size());
    }

    /** Most keys hold strings: without these hardly one of the others would be known as a whole. */
    private String[] compound() {
        String key = RandomCommands.KEYS[random.nextInt(RandomCommands.KEYS.length)];
        return switch (random.nextInt(6)) {
            case 0 -> new String[] {"HSET", key, "f", "v"};
            case 1 -> new String[] {"SADD", key, "m" + random.nextInt(5)};
            case 2 -> new String[] {"RPUSH", key, "e" + random.nextInt(5)};
            case 3 -> new String[] {"SMEMBERS", key};
            case 4 -> new String[] {"LRANGE", key, "0", "-1"};
            default -> new String[] {"DEL", key};
        };
    }

    private static byte[] frame(String[] command) {
        StringBuilder frame = new StringBuilder("*" + command.length + "\r\n");
        for (String argument : command) {
            frame.append('$')
                    .append(argument.length())
                    .append("\r\n")
                    .append(argument)
                    .append("\r\n");
        }
        return FallbackRedis.bytes(frame.toString());
    }

    private static int[] writtenKeys(byte[][] command) {
        String name = new String(command[0], StandardCharsets.ISO_8859_1).toUpperCase();
        return switch (name) {
            case "HSET", "SETRANGE" -> command.length > 1 ? new int[] {1} : new int[0];
            default -> new int[0];
        };
    }

    /** GETDEL is held for a key never seen; it only tells, because the journal is thrown away afterwards. */
    private void compare(FallbackRedis.Connection connection, MemoryStore store, String key) throws IOException {
        compareHash(connection, store, key);
        compareSetAndList(connection, store, key);
        String expiry = outage(store, "PEXPIRETIME", key);
        String value = outage(store, "GETDEL", key);
        if (value.isEmpty()) {
            return;
        }
        known++;
        String what = "key " + Arrays.toString(FallbackRedis.bytes(key)) + " with seed " + SEED;
        String actual = connection.send("GET", key);
        assertEquals(actual.replace("_\r\n", "$-1\r\n"), value, what);
        if (!expiry.isEmpty()) {
            long difference = number(connection.send("PEXPIRETIME", key)) - number(expiry);
            assertTrue(Math.abs(difference) <= SLACK_MILLIS, what + ": expiry differs by " + difference);
        }
    }

    /** What memory would give as a whole hash is what Redis has. */
    private void compareHash(FallbackRedis.Connection connection, MemoryStore store, String key) throws IOException {
        String known = outage(store, "HGETALL", key);
        if (known.startsWith("*") && !known.startsWith("*0")) {
            hashes++;
            String actual = connection.send("HGETALL", key);
            int pairs = Integer.parseInt(actual.substring(1, actual.indexOf('\r')));
            String flat = actual.startsWith("%") ? "*" + 2 * pairs + actual.substring(actual.indexOf('\r')) : actual;
            assertEquals(flat, known, "hash " + Arrays.toString(FallbackRedis.bytes(key)) + " with seed " + SEED);
        }
    }

    private void compareSetAndList(FallbackRedis.Connection connection, MemoryStore store, String key)
            throws IOException {
        String what = Arrays.toString(FallbackRedis.bytes(key)) + " with seed " + SEED;
        String members = outage(store, "SMEMBERS", key);
        if (members.startsWith("*") && !members.startsWith("*0")) {
            sets++;
            String actual = connection.send("SMEMBERS", key).replace('~', '*');
            assertEquals(sorted(actual), sorted(members), "set " + what);
        }
        String elements = outage(store, "LRANGE", key, "0", "-1");
        if (elements.startsWith("*") && !elements.startsWith("*0")) {
            lists++;
            assertEquals(connection.send("LRANGE", key, "0", "-1"), elements, "list " + what);
        }
    }

    private static String sorted(String members) {
        String[] parts = members.split("\\$");
        Arrays.sort(parts);
        return String.join("$", parts);
    }

    private static long number(String reply) {
        return Long.parseLong(reply.substring(1).trim());
    }

    private static String outage(MemoryStore store, String... command) {
        byte[][] arguments = Arrays.stream(command).map(FallbackRedis::bytes).toArray(byte[][]::new);
        ByteBuf out = Unpooled.buffer();
        Outcome outcome = store.execute(Mode.OUTAGE, 0, arguments, 2, out);
        return outcome == Outcome.HOLD ? "" : out.toString(StandardCharsets.ISO_8859_1);
    }
}
