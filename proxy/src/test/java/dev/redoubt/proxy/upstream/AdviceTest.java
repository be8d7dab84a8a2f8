package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection refused: /127.0.0.1:6379 | start Redis",
                "the host name redis.example cannot be resolved | DNS",
                "connection timed out after 2000 ms: redis/10.0.0.1:6379 | firewall",
                "No route to host | network",
                "it takes commands but does not answer | SLOWLOG",
                "Redis did not answer the handshake | slow command",
                "LOADING Redis is loading the dataset in memory | wait",
                "ERR max number of clients reached | maxclients",
                "refused AUTH: WRONGPASS invalid username-password pair or user is disabled. | REDOUBT_UPSTREAM_PASSWORD",
                "refused SELECT: ERR DB index is out of range | database",
                "not a Redis server: its reply is not RESP | --upstream",
                "closed by Redis | restarted",
                "Connection reset by peer | restarted",
                "TLS: the certificate of redis.example has expired (yesterday); renew it | as the cause says",
                "something new | redoubt check",
            })
    void everyCauseHasSomethingToDo(String cause, String advice) {
        assertTrue(Advice.on(cause).contains(advice), () -> cause + ": " + Advice.on(cause));
    }

    @ParameterizedTest
    @CsvSource({"not connected yet, wait a moment"})
    void theStartIsNoTrouble(String cause, String advice) {
        assertEquals(advice, Advice.on(cause));
    }
}
