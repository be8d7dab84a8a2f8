package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.FallbackRule;
import dev.redoubt.proxy.config.LockPolicy;
import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.config.ReadPolicy;
import dev.redoubt.proxy.config.WritePolicy;
import dev.redoubt.proxy.lockscript.LockScripts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of locks while Redis is away: taken, kept, released, with the scripts that libraries send. */
class LockOutageTest {
    private static final String RELEASE =
            "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('del',KEYS[1]) else return 0 end";
    private static final String EXTEND =
            "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('pexpire',KEYS[1],ARGV[2]) else return 0 end";
    private static final String OBTAIN = "local id = redis.call('get',KEYS[1]) if id == ARGV[1] then"
            + " redis.call('pexpire',KEYS[1],ARGV[2]) return true elseif not id then"
            + " redis.call('set',KEYS[1],ARGV[1],'px',ARGV[2]) return true end return false";

    private final StoreFixture fixture = new StoreFixture();

    private String eval(Mode mode, String script, String... rest) {
        String[] words = new String[2 + rest.length];
        words[0] = "EVAL";
        words[1] = script;
        System.arraycopy(rest, 0, words, 2, rest.length);
        return fixture.run(mode, 0, words);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void onlyTheHolderReleases(Mode mode) {
        assertEquals("+OK", fixture.run(mode, 0, "SET lock a EX 300 NX"));

        assertEquals(":0", eval(mode, RELEASE, "1", "lock", "b"));
        assertEquals("$-1", fixture.run(mode, 0, "SET lock b EX 300 NX"));
        assertEquals(":1", eval(mode, RELEASE, "1", "lock", "a"));
        assertEquals("+OK", fixture.run(mode, 0, "SET lock b EX 300 NX"));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void onlyTheHolderExtends(Mode mode) {
        fixture.run(mode, 0, "SET lock a PX 1000 NX");

        assertEquals(":0", eval(mode, EXTEND, "1", "lock", "b", "9000"));
        assertEquals(":1", eval(mode, EXTEND, "1", "lock", "a", "5000"));
        fixture.clock.advance(5000);
        assertEquals(":0", fixture.run(mode, 0, "PTTL lock"));
        assertEquals("$-1", fixture.run(mode, 0, "SET lock b PX 1000 NX"));
        fixture.clock.advance(1);
        assertEquals("+OK", fixture.run(mode, 0, "SET lock b PX 1000 NX"));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void springIntegrationObtainsOnceAndAgainForItself(Mode mode) {
        assertEquals(":1", eval(mode, OBTAIN, "1", "lock", "a", "1000"));
        assertEquals("$-1", eval(mode, OBTAIN, "1", "lock", "b", "1000"));
        fixture.clock.advance(900);
        assertEquals(":1", eval(mode, OBTAIN, "1", "lock", "a", "1000"));
        assertEquals(":1000", fixture.run(mode, 0, "PTTL lock"));
        assertEquals(1, fixture.store.stats().locks().granted());
        assertEquals(1, fixture.store.stats().locks().denied());
    }

    @Test
    void lockThatWasTakenBeforeTheOutageIsReleasedByItsHolder() {
        fixture.seen("SET lock a EX 300 NX", "+OK");
        fixture.drained();

        assertEquals("$-1", fixture.outage("SET lock b EX 300 NX"));
        assertEquals(":0", eval(Mode.OUTAGE, RELEASE, "1", "lock", "b"));
        assertEquals(":1", eval(Mode.OUTAGE, RELEASE, "1", "lock", "a"));
        assertEquals("+OK", fixture.outage("SET lock b EX 300 NX"));
    }

    @Test
    void releaseOfALockThatNobodySawWaits() {
        assertEquals("HOLD", eval(Mode.OUTAGE, RELEASE, "1", "lock", "a"));
    }

    @Test
    void unknownScriptsAndOddArgumentsWait() {
        fixture.outage("SET lock a EX 300 NX");

        assertEquals("HOLD", eval(Mode.OUTAGE, "return redis.call('get',KEYS[1])", "1", "lock"));
        assertEquals("HOLD", eval(Mode.OUTAGE, EXTEND, "1", "lock", "a"));
        assertEquals("HOLD", eval(Mode.OUTAGE, EXTEND, "1", "lock", "a", "soon"));
        assertEquals("HOLD", eval(Mode.OUTAGE, EXTEND, "1", "lock", "a", "9223372036854775807"));
        assertEquals("HOLD", eval(Mode.OUTAGE, RELEASE, "0", "lock", "a"));
        assertEquals("HOLD", eval(Mode.OUTAGE, RELEASE, "x", "lock", "a"));
        assertEquals("HOLD", eval(Mode.OUTAGE, OBTAIN, "1", "free", "a", "0"));
        assertEquals("$-1", fixture.outage("GET free"));
        assertEquals("$1 a", fixture.outage("GET lock"));
    }

    @Test
    void timeOfNothingOrLessIsARelease() {
        fixture.outage("SET lock a EX 300 NX");

        assertEquals(":1", eval(Mode.OUTAGE, EXTEND, "1", "lock", "a", "0"));

        assertEquals("$-1", fixture.outage("GET lock"));
    }

    @Test
    void shaThatTheRecorderSawIsKnown() {
        String sha = LockScripts.sha1(RELEASE.getBytes(StandardCharsets.US_ASCII));
        fixture.seenWords(":0", "EVAL", RELEASE, "1", "other", "x");
        fixture.drained();
        fixture.outage("SET lock a EX 300 NX");

        assertEquals(":0", fixture.outage("EVALSHA " + sha + " 1 lock b"));
        assertEquals(":1", fixture.outage("EVALSHA " + sha.toUpperCase() + " 1 lock a"));
        assertEquals("HOLD", fixture.outage("EVALSHA " + "0".repeat(40) + " 1 lock a"));
        assertTrue(fixture.memoryOnly("EVALSHA " + "0".repeat(40) + " 1 lock a").startsWith("-NOSCRIPT"));
    }

    @Test
    void loadedScriptsAreKnownToo() {
        String sha = LockScripts.sha1(EXTEND.getBytes(StandardCharsets.US_ASCII));

        assertEquals("$40 " + sha, fixture.run(Mode.MEMORY_ONLY, 0, "SCRIPT", "load", EXTEND));
        assertEquals("HOLD", fixture.run(Mode.MEMORY_ONLY, 0, "SCRIPT", "LOAD", "return 1 + 1"));
        fixture.memoryOnly("SET lock a EX 300 NX");
        assertEquals(":1", fixture.memoryOnly("EVALSHA " + sha + " 1 lock a 1000"));
    }

    @Test
    void redisPyAddsTime() {
        String script = """
                local token = redis.call('get', KEYS[1])
                if not token or token ~= ARGV[1] then
                    return 0
                end
                local expiration = redis.call('pttl', KEYS[1])
                if not expiration then
                    expiration = 0
                end
                if expiration < 0 then
                    return 0
                end

                local newttl = ARGV[2]
                if ARGV[3] == "0" then
                    newttl = ARGV[2] + expiration
                end
                redis.call('pexpire', KEYS[1], newttl)
                return 1
                """;
        fixture.outage("SET lock a PX 1000 NX");

        assertEquals(":0", eval(Mode.OUTAGE, script, "1", "lock", "b", "500", "0"));
        assertEquals(":1", eval(Mode.OUTAGE, script, "1", "lock", "a", "500", "0"));
        assertEquals(":1500", fixture.outage("PTTL lock"));
        assertEquals(":1", eval(Mode.OUTAGE, script, "1", "lock", "a", "500", "1"));
        assertEquals(":500", fixture.outage("PTTL lock"));
    }

    @Test
    void redlockTakesAllKeysOrNone() {
        String acquire = "for i, key in ipairs(KEYS) do if redis.call('exists', key) == 1 then return 0 end end"
                + " for i, key in ipairs(KEYS) do redis.call('set', key, ARGV[1], 'PX', ARGV[2]) end return #KEYS";
        String release = "local count = 0 for i, key in ipairs(KEYS) do if redis.call('get', key) == ARGV[1] then"
                + " redis.pcall('del', key) count = count + 1 end end return count";
        fixture.outage("SET taken x PX 1000 NX");

        assertEquals(":0", eval(Mode.OUTAGE, acquire, "2", "free", "taken", "a", "1000"));
        assertEquals("$-1", fixture.outage("GET free"));
        assertEquals(":2", eval(Mode.OUTAGE, acquire, "2", "free", "other", "a", "1000"));
        assertEquals(":1000", fixture.outage("PTTL other"));
        assertEquals(":2", eval(Mode.OUTAGE, release, "3", "free", "taken", "other", "a"));
        assertEquals("$1 x", fixture.outage("GET taken"));
    }

    @Test
    void failOpenSaysYesToEverything() {
        FallbackRule open = new FallbackRule(
                "*",
                ReadPolicy.STALE,
                OnMiss.NIL,
                WritePolicy.JOURNAL,
                LockPolicy.FAIL_OPEN,
                WritePolicy.HOLD,
                Duration.ofDays(1));
        StoreFixture anybody = new StoreFixture(StoreFixture.rules(open));

        assertEquals(":1", anybody.run(Mode.OUTAGE, 0, "EVAL", OBTAIN, "1", "lock", "a", "1000"));
        assertEquals("+OK", anybody.outage("SET lock b NX PX 1000"));
        assertEquals(":1", anybody.run(Mode.OUTAGE, 0, "EVAL", EXTEND, "1", "lock", "a", "1000"));
        assertEquals(0, anybody.store.stats().journalEntries());
    }
}
