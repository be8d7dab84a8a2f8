package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.journalfile.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transactions in memory: all of it, or nothing. */
class ExecTest {
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());
    private static final String WRONG_TYPE = "-WRONGTYPE Operation against a key holding the wrong kind of value";

    private final StoreFixture fixture = new StoreFixture();

    private static StoreFixture onMiss(OnMiss onMiss) {
        return new StoreFixture(StoreFixture.settings(onMiss, null, "*"));
    }

    @Test
    void laterCommandsSeeWhatEarlierOnesWrote() {
        fixture.seen("SET known 1", "+OK");
        fixture.drained();

        String reply = fixture.exec(
                Mode.OUTAGE, "SET known 2; GET known; HSET h a 1 b 2; HDEL h a; HGETALL h; DEL h; EXISTS h");

        assertEquals("*7 +OK $1 2 :2 :1 *2 $1 b $1 2 :1 :0", reply);
        assertEquals("$1 2", fixture.outage("GET known"));
        assertEquals(":0", fixture.outage("EXISTS h"));
        assertEquals(2, fixture.store.stats().journalEntries());
    }

    @Test
    void transactionOfNothingIsAnEmptyArray() {
        assertEquals("*0", fixture.exec(Mode.OUTAGE, ""));
    }

    @Test
    void errorsOfRedisAreRepliesAndStopNothing() {
        String reply = fixture.exec(Mode.MEMORY_ONLY, "SET s v; HSET s a 1; INCR s; SET t w");

        assertEquals("*4 +OK " + WRONG_TYPE + " -ERR value is not an integer or out of range +OK", reply);
        assertEquals("$1 w", fixture.memoryOnly("GET t"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "SET a new; LPOP other                      => HOLD",
                "SET a new; DEL b; INCR c                   => HOLD",
                "HSET h a new x y; EXPIRE h 9; BLPOP q 0    => HOLD",
                "HDEL h a b; APPEND a x                     => HOLD",
                "SET lock me NX PX 9000; ZADD z 1 x         => HOLD",
                "PERSIST h; GETDEL a; SORT a                => HOLD",
            })
    void oneThatHasToWaitKeepsAllOfThem(String commands, String outcome) {
        StoreFixture store = knowing(OnMiss.NIL);
        store.outage("HSET h own 1");
        store.outage("SET mine 1");
        store.store.takeChanges();
        String before = stateOf(store);

        assertEquals(outcome, store.exec(Mode.OUTAGE, commands));

        assertEquals(before, stateOf(store));
        assertEquals(List.of(), store.store.takeChanges(), "the disk hears of nothing");
    }

    @Test
    void missThatIsAnErrorIsTheWholeReply() {
        StoreFixture store = knowing(OnMiss.ERROR);
        String before = stateOf(store);

        String reply = store.exec(Mode.OUTAGE, "SET a new; GET never:seen; SET b new");

        assertTrue(reply.startsWith("REFUSED -UNAVAILABLE Redis is away"), reply);
        assertEquals(before, stateOf(store));
    }

    @Test
    void journalThatIsTooFullForAllOfItTakesNothing() {
        StoreFixture small = new StoreFixture(StoreFixture.journal(2_000, 10));
        small.outage("SET a old");
        String before = stateOf(small);

        String reply = small.exec(Mode.OUTAGE, "SET a new; SET b x; SET c " + "x".repeat(2_000));

        assertTrue(reply.startsWith("REFUSED -UNAVAILABLE the memory fallback is full"), reply);
        assertEquals(before, stateOf(small));
        assertEquals("*2 +OK +OK", small.exec(Mode.OUTAGE, "SET a new; SET b x"));
    }

    @Test
    void roomOfWhatHasExpiredIsUsed() {
        StoreFixture small = new StoreFixture(StoreFixture.journal(2_000, 10));
        small.memoryOnly("SET a " + "x".repeat(1_500) + " PX 100");
        small.clock.advance(101);

        assertEquals("*1 +OK", small.exec(Mode.MEMORY_ONLY, "SET b " + "x".repeat(1_500)));
    }

    @Test
    void whatSucceedsInRoomThatWasGivenBackWasNeverRefused() {
        StoreFixture small = new StoreFixture(StoreFixture.journal(2_000, 10));
        small.memoryOnly("SET a " + "x".repeat(1_500) + " PX 100");
        small.memoryOnly("SET b 1");
        small.clock.advance(101);

        String reply = small.exec(Mode.MEMORY_ONLY, "GET b; SET c " + "x".repeat(1_500));

        assertEquals("*2 $1 1 +OK", reply);
        assertEquals(0, small.store.stats().refused());
        assertEquals(1, small.store.stats().hits());
        assertEquals(3, small.store.stats().writes());
        small.exec(Mode.MEMORY_ONLY, "GET b; SET d " + "x".repeat(1_500));
        assertEquals(1, small.store.stats().refused());
        assertEquals(1, small.store.stats().hits(), "nobody was given it");
    }

    @Test
    void lockThatWasGrantedInVainIsNotCounted() {
        fixture.exec(Mode.OUTAGE, "SET lock me NX PX 9000; LPOP q");

        assertEquals(0, fixture.store.stats().locks().granted());
        assertEquals("*1 +OK", fixture.exec(Mode.OUTAGE, "SET lock you NX PX 9000"));
        assertEquals(1, fixture.store.stats().locks().granted());
    }

    @Test
    void flushInsideIsUndoneToo() {
        fixture.memoryOnly("MSET a 1 b 2");

        assertEquals("HOLD", fixture.exec(Mode.MEMORY_ONLY, "FLUSHDB; SET c 3; LOLWUT"));
        assertEquals(":2", fixture.memoryOnly("DBSIZE"));

        assertEquals("*4 +OK +OK :1 *1 $1 c", fixture.exec(Mode.MEMORY_ONLY, "FLUSHALL; SET c 3; DBSIZE; KEYS *"));
        assertEquals("*1 $1 c", fixture.memoryOnly("KEYS *"));
    }

    @Test
    void allOfItIsOneMoment() {
        fixture.memoryOnly("SET a 1 PX 100");
        fixture.clock.advance(100);

        assertEquals("*2 $1 1 :0", fixture.exec(Mode.MEMORY_ONLY, "GET a; PTTL a"));
    }

    /** The same commands, one by one and in transactions some of which are dropped, end in the same state. */
    @Test
    void randomTransactionsDoWhatTheirCommandsDo() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            Mode mode = round % 2 == 0 ? Mode.MEMORY_ONLY : Mode.OUTAGE;
            StoreFixture single = knowing(OnMiss.NIL);
            StoreFixture units = knowing(OnMiss.NIL);
            for (int i = 0; i < 40; i++) {
                List<String> commands = commands(random, mode);
                String reply = units.exec(mode, String.join("; ", commands));
                if (!reply.equals("HOLD")) {
                    List<String> replies = new ArrayList<>();
                    commands.forEach(command -> replies.add(single.run(mode, 0, command)));
                    String expected = "*" + commands.size() + " " + String.join(" ", replies);
                    assertEquals(expected, reply, commands + " with seed " + SEED);
                }
                assertEquals(stateOf(single), stateOf(units), commands + " with seed " + SEED);
            }
            assertEquals(changes(single), changes(units), "seed " + SEED);
        }
    }

    private static List<String> commands(Random random, Mode mode) {
        List<String> commands = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            String key = "abch".charAt(random.nextInt(4)) + "";
            commands.add(
                    switch (random.nextInt(mode == Mode.OUTAGE ? 12 : 11)) {
                        case 0 -> "SET " + key + " " + random.nextInt(100);
                        case 1 -> "DEL " + key;
                        case 2 -> "HSET " + key + " f" + random.nextInt(3) + " " + random.nextInt(100);
                        case 3 -> "HDEL " + key + " f" + random.nextInt(3);
                        case 4 -> "EXPIRE " + key + " " + (100 + random.nextInt(100));
                        case 5 -> "GET " + key;
                        case 6 -> "HGET " + key + " f0";
                        case 7 -> "SET " + key + " me NX PX 5000";
                        case 8 -> "EXISTS " + key;
                        case 9 -> "PERSIST " + key;
                        case 10 -> mode == Mode.OUTAGE ? "TYPE " + key : "INCR " + key;
                        default -> "LPOP elsewhere";
                    });
        }
        return commands;
    }

    private static StoreFixture knowing(OnMiss onMiss) {
        StoreFixture fixture = onMiss(onMiss);
        fixture.store.restore(List.of());
        fixture.seen("SET a old", "+OK");
        fixture.seen("SET b old EX 100", "+OK");
        fixture.seen("HGETALL h", "*4\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\nb\r\n$1\r\n2");
        fixture.seen("PTTL h", ":50000");
        return fixture.drained();
    }

    private static String stateOf(StoreFixture fixture) {
        FallbackStats stats = fixture.store.stats();
        StringBuilder state = new StringBuilder(stats.journalEntries() + " entries, " + stats.journalBytes()
                + " bytes, " + stats.writes() + " writes, " + stats.locks());
        for (String key : List.of("a", "b", "c", "h")) {
            for (String command : List.of("GET ", "HGETALL ", "PTTL ")) {
                state.append("\n").append(command).append(key).append(" ").append(fixture.outage(command + key));
            }
        }
        return state.toString();
    }

    private static List<String> changes(StoreFixture fixture) {
        return fixture.store.takeChanges().stream().map(ExecTest::text).toList();
    }

    private static String text(Change change) {
        return Arrays.toString(change.key()) + Arrays.toString(change.state());
    }
}
