package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise 1: hundreds of client connections are one to Redis. Redis itself counts. */
class SharedConnectionIT {
    private static final int CLIENTS = 200;
    private static final String CONTROL = "redoubt-control";
    private static final String RESP2 = "redoubt-data-db0-resp2";
    private static final String RESP3 = "redoubt-data-db0-resp3";

    private RedisServer redis;
    private ProxyProcess proxy;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
    }

    @AfterEach
    void stop() {
        clients.forEach(RawClient::close);
        proxy.close();
        redis.close();
    }

    @Test
    void clientsOfOneVersionShareOneConnection() {
        for (int i = 0; i < CLIENTS; i++) {
            connect().send("SET", "key:" + i, "value:" + i);
        }
        clients.forEach(client -> assertEquals("OK", client.read()));

        for (int i = 0; i < CLIENTS; i++) {
            assertEquals("value:" + i, clients.get(i).call("GET", "key:" + i));
        }

        assertEquals(List.of(CONTROL, RESP2), Connections.names(redis));
    }

    @Test
    void clientsOfBothVersionsShareTwo() {
        for (int i = 0; i < CLIENTS; i++) {
            RawClient client = connect();
            if (i % 2 == 1) {
                client.call("HELLO", "3");
            }
            assertEquals((long) i + 1, client.call("INCR", "shared"));
        }

        assertEquals(List.of(CONTROL, RESP2, RESP3), Connections.names(redis));
    }

    @Test
    void eachDatabaseInUseHasOneMore() {
        for (int i = 0; i < CLIENTS; i++) {
            RawClient client = connect();
            String database = Integer.toString(i % 3);
            assertEquals("OK", client.call("SELECT", database));
            assertEquals("OK", client.call("SET", "database", database));
        }

        for (int i = 0; i < CLIENTS; i++) {
            assertEquals(Integer.toString(i % 3), clients.get(i).call("GET", "database"));
        }
        assertEquals(
                List.of(CONTROL, RESP2, "redoubt-data-db1-resp2", "redoubt-data-db2-resp2"), Connections.names(redis));
    }

    @Test
    void eachUserInUseHasOneMore() {
        try (RawClient direct = redis.connect()) {
            direct.call("ACL", "SETUSER", "reader", "on", ">secret", "~*", "+@all");
        }
        for (int i = 0; i < CLIENTS; i++) {
            RawClient client = connect();
            if (i % 2 == 1) {
                assertEquals("OK", client.call("AUTH", "reader", "secret"));
            }
            assertEquals(i % 2 == 1 ? "reader" : "default", client.call("ACL", "WHOAMI"));
        }

        assertEquals(List.of(CONTROL, RESP2, RESP2), Connections.names(redis));
    }

    private RawClient connect() {
        RawClient client = proxy.connect();
        clients.add(client);
        return client;
    }
}
