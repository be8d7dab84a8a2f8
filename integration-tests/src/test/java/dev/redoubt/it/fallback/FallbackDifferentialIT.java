package dev.redoubt.it.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.proxy.fallback.FallbackSettings;
import dev.redoubt.proxy.fallback.FlightRecorder;
import dev.redoubt.proxy.fallback.MemoryStore;
import dev.redoubt.proxy.fallback.Mode;
import dev.redoubt.proxy.fallback.Outcome;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory store gives what a real Redis 7.0 gives, byte for byte, for random sequences of commands. */
class FallbackDifferentialIT {
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());
    private static final int SEQUENCES = 30;
    private static final int COMMANDS = 1_000;
    private static final long CLOCK_SLACK_MILLIS = 5_000;
    private static final Set<String> COUNT_FROM_NOW = Set.of("TTL", "PTTL", "EXPIRETIME", "PEXPIRETIME");

    private static final Set<String> IN_ANY_ORDER = Set.of("DBSIZE", "RANDOMKEY", "SCAN", "KEYS", "SMEMBERS", "SPOP");

    private static FallbackRedis redis;
    private MemoryStore store = newStore();

    @BeforeAll
    static void start() throws IOException {
        redis = new FallbackRedis();
        assumeTrue(redis.send("INFO", "server").contains("redis_version:7.0."), "compares with Redis 7.0");
    }

    @AfterAll
    static void stop() throws IOException {
        redis.close();
    }

    private static MemoryStore newStore() {
        FlightRecorder recorder = new FlightRecorder(FallbackSettings.DEFAULTS, Clock.SYSTEM, args -> null);
        return new MemoryStore(FallbackSettings.DEFAULTS, Clock.SYSTEM, new Random(SEED), recorder);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void randomSequencesGetTheSameReplies(int respVersion) throws IOException {
        System.out.println("seed " + SEED);
        redis.send("HELLO", Integer.toString(respVersion));
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            store = newStore();
            redis.send("FLUSHALL");
            RandomCommands commands = new RandomCommands(new Random(SEED + sequence));
            Random chance = new Random(SEED - sequence);
            for (int i = 0; i < COMMANDS; i++) {
                if (chance.nextInt(20) == 0) {
                    compareTransaction(commands, chance.nextInt(6), respVersion);
                } else {
                    compare(commands.next(), respVersion);
                }
            }
        }
    }

    private void compareTransaction(RandomCommands commands, int length, int respVersion) throws IOException {
        List<String[]> queued = new ArrayList<>();
        redis.send("MULTI");
        for (int i = 0; i < length; i++) {
            String[] command = commands.next();
            String name = command[0].toUpperCase();
            if (COUNT_FROM_NOW.contains(name) || IN_ANY_ORDER.contains(name)) {
                continue;
            }
            if (!redis.send(command).equals("+QUEUED\r\n")) {
                redis.send("DISCARD");
                return;
            }
            queued.add(command);
        }
        String expected = redis.send("EXEC");
        List<byte[][]> all =
                queued.stream().map(FallbackDifferentialIT::arguments).toList();
        ByteBuf out = Unpooled.buffer();
        String what = queued.stream().map(Arrays::toString).collect(Collectors.joining("; ")) + " with seed " + SEED;
        assertEquals(Outcome.ANSWERED, store.executeAll(Mode.MEMORY_ONLY, 0, all, respVersion, out), what);
        assertEquals(expected, out.toString(StandardCharsets.ISO_8859_1), what);
    }

    private void compare(String[] command, int respVersion) throws IOException {
        String name = command[0].toUpperCase();
        if (name.equals("DBSIZE") || name.equals("RANDOMKEY") || name.equals("SCAN")) {
            // Redis counts what has expired and was not looked at yet; looking at it makes it go.
            for (String key : RandomCommands.KEYS) {
                redis.send("EXISTS", key);
            }
        }
        String expected = redis.send(command);
        String actual = execute(command, respVersion);
        String what = Arrays.toString(command) + " with seed " + SEED;
        if (COUNT_FROM_NOW.contains(name)) {
            assertClose(expected, actual, name.startsWith("P") ? CLOCK_SLACK_MILLIS : CLOCK_SLACK_MILLIS / 1000, what);
        } else if (Set.of("KEYS", "SCAN", "SMEMBERS", "SPOP").contains(name) && "*~".indexOf(expected.charAt(0)) >= 0) {
            assertEquals(sorted(expected), sorted(actual), what);
        } else if (name.equals("RANDOMKEY") && command.length == 1) {
            assertEquals(expected.startsWith("$"), actual.startsWith("$"), what);
        } else {
            assertEquals(expected, actual, what);
        }
    }

    private static void assertClose(String expected, String actual, long slack, String what) {
        boolean isTime = expected.startsWith(":") && !expected.startsWith(":-");
        if (isTime && actual.startsWith(":")) {
            long difference = number(expected) - number(actual);
            assertTrue(Math.abs(difference) <= slack, what + ": " + expected + actual);
        } else {
            assertEquals(expected, actual, what);
        }
    }

    private static long number(String reply) {
        return Long.parseLong(reply.substring(1).trim());
    }

    /** The keys hold line ends themselves, so the frame is cut at what begins a bulk. */
    private static String sorted(String keys) {
        String[] parts = keys.split("\\$");
        Arrays.sort(parts);
        return String.join("$", parts);
    }

    private String execute(String[] command, int respVersion) {
        ByteBuf out = Unpooled.buffer();
        Outcome outcome = store.execute(Mode.MEMORY_ONLY, 0, arguments(command), respVersion, out);
        assertEquals(Outcome.ANSWERED, outcome, () -> Arrays.toString(command) + " with seed " + SEED);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[][] arguments(String[] command) {
        return Arrays.stream(command).map(FallbackRedis::bytes).toArray(byte[][]::new);
    }

    /** What the store says at the millisecond itself is Redis's rule: gone when now is later, not before. */
    @Test
    void redisKeepsAKeyUntilItsMillisecondHasPassed() throws IOException {
        redis.send("HELLO", "2");
        long expiry = System.currentTimeMillis() + 200;
        redis.send("SET", "k", "v", "PXAT", Long.toString(expiry));
        execute(new String[] {"SET", "k", "v", "PXAT", Long.toString(expiry)}, 2);

        assertGoneOnlyAfter(expiry, () -> redis.send("GET", "k"));
        assertGoneOnlyAfter(expiry, () -> execute(new String[] {"GET", "k"}, 2));
    }

    private interface Get {
        String get() throws IOException;
    }

    private static void assertGoneOnlyAfter(long expiry, Get get) throws IOException {
        String reply;
        long before;
        do {
            before = System.currentTimeMillis();
            reply = get.get();
        } while (!reply.equals("$-1\r\n") && before <= expiry);
        assertTrue(System.currentTimeMillis() > expiry, "it was there until its time had passed");
        assertEquals("$-1\r\n", reply);
    }
}
