package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An iteration that Redis's restart interrupts. */
@Timeout(30)
class CursorIT {
    private static final int KEYS = 1_000;

    @Test
    void aCursorOfBeforeTheRestartIsRefusedAndANewIterationIsComplete() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.before(redis);
                RawClient client = proxy.connect();
                RawClient other = proxy.connect()) {
            for (int i = 0; i < KEYS; i++) {
                client.send("SET", "k" + i, "v");
            }
            for (int i = 0; i < KEYS; i++) {
                assertEquals("OK", client.read());
            }
            String cursor = cursor(client.call("SCAN", "0", "COUNT", "100"));
            cursor = cursor(other.call("SCAN", cursor, "COUNT", "100"));
            assertNotEquals("0", cursor);

            redis.restart();
            assertEquals("v", client.call("GET", "k1"));

            assertError("CURSORLOST", client.call("SCAN", cursor, "COUNT", "100"));
            assertError("CURSORLOST", other.call("SCAN", cursor));
            assertEquals(KEYS, scanAll(client).size());
        }
    }

    private static Set<Object> scanAll(RawClient client) {
        Set<Object> keys = new HashSet<>();
        String cursor = "0";
        do {
            List<?> reply = (List<?>) client.call("SCAN", cursor, "COUNT", "100");
            keys.addAll((List<?>) reply.get(1));
            cursor = cursor(reply);
        } while (!cursor.equals("0"));
        return keys;
    }

    private static String cursor(Object reply) {
        return (String) ((List<?>) reply).get(0);
    }
}
