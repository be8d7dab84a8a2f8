package dev.redoubt.proxy.lockscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.redoubt.proxy.lockscript.Decision.Action;
import dev.redoubt.proxy.lockscript.Decision.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts as libraries and people write them, and what they do to a lock that is ours, another's, nobody's. */
class LockScriptsTest {
    private static final byte[][] ARGUMENTS = {bytes("mine"), bytes("3000")};

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static LockScript.OneKey script(String body) {
        return assertInstanceOf(LockScript.OneKey.class, LockScripts.recognise(body), body);
    }

    private static Decision decide(String body, String current) {
        return script(body).decide(current.isEmpty() ? null : bytes(current), ARGUMENTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if redis.call(\"get\",KEYS[1]) == ARGV[1] then return redis.call(\"del\",KEYS[1]) else return 0 end",
                "if redis.call('GET', KEYS[1]) == ARGV[1]\nthen\n  return redis.call('DEL', KEYS[1])\nelse\n  return 0\nend\n",
                "if (redis.call('get', KEYS[1]) == ARGV[1]) then return redis.call('unlink', KEYS[1]) end return 0",
                "-- release\nlocal key = KEYS[1];\nlocal value = ARGV[1];\nif redis.pcall('get', key) == value then\n    return redis.call('del', key);\nelse\n    return 0;\nend",
                "local id = redis.call('get', KEYS[1]) -- who\nif(id == ARGV[1]) then\n return redis.call('del', KEYS[1])\nend\nreturn 0",
                "if ARGV[1] == redis.call('get', KEYS[1]) then redis.call('del', KEYS[1]) return 1 end return 0",
                "local token = redis.call('get', KEYS[1])\nif not token or token ~= ARGV[1] then\n    return 0\nend\nredis.call('del', KEYS[1])\nreturn 1",
            })
    void compareAndDelete(String body) {
        assertEquals(Action.DELETE, decide(body, "mine").action());
        assertEquals(Action.NONE, decide(body, "theirs").action());
        assertEquals(0, decide(body, "theirs").number());
        assertEquals(Reply.INTEGER, decide(body, "theirs").reply());
        assertEquals(Action.NONE, decide(body, "").action());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if redis.call(\"get\", KEYS[1]) == ARGV[1] then return redis.call(\"pexpire\", KEYS[1], ARGV[2]) else return 0 end",
                "if redis.call('get',KEYS[1]) == ARGV[1] then return redis.call('pexpire',KEYS[1],tonumber(ARGV[2])) else return 0 end",
                "local token = redis.call('get', KEYS[1])\nif not token or token ~= ARGV[1] then\n return 0\nend\nredis.call('pexpire', KEYS[1], ARGV[2])\nreturn 1",
            })
    void compareAndExpire(String body) {
        Decision ours = decide(body, "mine");

        assertEquals(Action.EXPIRE, ours.action());
        assertEquals(2, ours.timeArgument());
        assertEquals(1, ours.timeUnitMillis());
        assertEquals(Action.NONE, decide(body, "theirs").action());
        assertEquals(Action.NONE, decide(body, "").action());
    }

    @Test
    void secondsAreSeconds() {
        String body =
                "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('expire',KEYS[1],ARGV[2]) else return 0 end";

        assertEquals(1000, decide(body, "mine").timeUnitMillis());
    }

    @Test
    void springIntegrationObtains() {
        String body = """
                local lockClientId = redis.call('GET', KEYS[1])
                if lockClientId == ARGV[1] then
                  redis.call('PEXPIRE', KEYS[1], ARGV[2])
                  return true
                elseif not lockClientId then
                  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
                  return true
                end
                return false""";

        assertEquals(new Decision(Action.SET, 1, 2, 1, Reply.INTEGER, 1), decide(body, ""));
        assertEquals(new Decision(Action.EXPIRE, 0, 2, 1, Reply.INTEGER, 1), decide(body, "mine"));
        assertEquals(Action.NONE, decide(body, "theirs").action());
        assertEquals(Reply.NIL, decide(body, "theirs").reply());
        assertEquals(true, script(body).mayObtain());
    }

    @Test
    void redsyncTellsNobodysFromAnothers() {
        String body = """
                local val = redis.call("GET", KEYS[1])
                if val == ARGV[1] then
                  return redis.call("DEL", KEYS[1])
                elseif val == false then
                  return -1
                else
                  return 0
                end""";

        assertEquals(Action.DELETE, decide(body, "mine").action());
        assertEquals(-1, decide(body, "").number());
        assertEquals(0, decide(body, "theirs").number());
    }

    @Test
    void redlockNetExtendsOrTakes() {
        String body = """
                local currentVal = redis.call('get', KEYS[1])
                if (currentVal == false) then
                  return redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2]) and 1 or 0
                elseif (currentVal == ARGV[1]) then
                  return redis.call('pexpire', KEYS[1], ARGV[2])
                else
                  return -1
                end""";

        assertEquals(new Decision(Action.SET, 1, 2, 1, Reply.INTEGER, 1), decide(body, ""));
        assertEquals(Action.EXPIRE, decide(body, "mine").action());
        assertEquals(-1, decide(body, "theirs").number());
    }

    @Test
    void scriptWithoutElseGivesNil() {
        String body = "if redis.call('get',KEYS[1]) == ARGV[1] then redis.call('del',KEYS[1]) end";

        assertEquals(new Decision(Action.DELETE, 0, 0, 0, Reply.NIL, 0), decide(body, "mine"));
        assertEquals(Reply.NIL, decide(body, "").reply());
    }

    @Test
    void libraryScriptsAboutMoreThanOneDecisionAreKnownByTheirWords() {
        String redlock = """

                  -- Return 0 if an entry already exists.
                  for i, key in ipairs(KEYS) do
                    if redis.call("exists", key) == 1 then
                      return 0
                    end
                  end
                  -- Create an entry for each provided key.
                  for i, key in ipairs(KEYS) do
                    redis.call("set", key, ARGV[1], "PX", ARGV[2])
                  end
                  -- Return the number of entries added.
                  return #KEYS
                """;

        assertEquals(LockScript.AllKeys.ACQUIRE, LockScripts.recognise(redlock));
        assertEquals(new LockScript.AddTime(), LockScripts.recognise(WellKnown.REDIS_PY_EXTEND));
        assertEquals(LockScript.AllKeys.RELEASE, LockScripts.recognise(WellKnown.REDLOCK_RELEASE));
        assertEquals(LockScript.AllKeys.EXTEND, LockScripts.recognise(WellKnown.REDLOCK_EXTEND));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "return",
                "return redis.call('get', KEYS[1])",
                "return redis.call('incr', KEYS[1])",
                "if redis.call('get', KEYS[2]) == ARGV[1] then return redis.call('del', KEYS[2]) else return 0 end",
                "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1], KEYS[2]) else return 0 end",
                "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('publish', KEYS[1], ARGV[2]) return redis.call('del', KEYS[1]) else return 0 end",
                "if redis.call('get', KEYS[1]) >= ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end",
                "if redis.call('hexists', KEYS[1], ARGV[1]) == 1 then return redis.call('del', KEYS[1]) else return 0 end",
                "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0",
                "if redis.call('get', KEYS[1]) == 'a\\n' then return redis.call('del', KEYS[1]) else return 0 end",
                "local a, b = KEYS[1], ARGV[1] if redis.call('get', a) == b then return redis.call('del', a) else return 0 end",
                "local n = ARGV[1] n = n .. 'x' if redis.call('get', KEYS[1]) == n then return redis.call('del', KEYS[1]) else return 0 end",
                "--[[ long ]] return 1 --",
                "local v = redis.call('get', KEYS[1]) redis.call('del', KEYS[1]) return v",
                "while true do end",
            })
    void anythingElseIsNotTakenForOne(String body) {
        LockScript script = LockScripts.recognise(body);

        if (script instanceof LockScript.OneKey one && body.equals("return")) {
            assertEquals(Decision.NOTHING, one.decide(null, ARGUMENTS));
        } else {
            assertNull(script, body);
        }
    }

    @Test
    void missingArgumentIsNotGuessed() {
        LockScript.OneKey script = script(
                "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('pexpire',KEYS[1],ARGV[2]) else return 0 end");

        assertThrows(IllegalArgumentException.class, () -> script.decide(bytes("mine"), new byte[][] {bytes("mine")}));
    }

    @Test
    void shaIsKnownOnceTheBodyHasComeBy() {
        LockScripts scripts = new LockScripts();
        byte[] body = bytes(
                "if redis.call(\"get\",KEYS[1]) == ARGV[1] then return redis.call(\"del\",KEYS[1]) else return 0 end");
        byte[] sha = bytes(LockScripts.sha1(body));

        assertNull(scripts.ofSha(sha));
        scripts.ofBody(body);

        assertInstanceOf(LockScript.OneKey.class, scripts.ofSha(sha));
        assertEquals("b70c2384248f88e6b75b9f89241a180f856ad852", LockScripts.sha1(body));
    }
}
