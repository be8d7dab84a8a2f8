package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "redis://h                        | h           | 6379 | - | -   | -",
                "redis://h:7000                   | h           | 7000 | - | -   | -",
                "redis://h:7000/                  | h           | 7000 | - | -   | -",
                "redis://h/3                      | h           | 6379 | 3 | -   | -",
                "redis://:pw@h                    | h           | 6379 | - | -   | pw",
                "redis://joe:pw@h:1/15            | h           | 1    | 15| joe | pw",
                "redis://joe@h                    | h           | 6379 | - | joe | -",
                "REDIS://h                        | h           | 6379 | - | -   | -",
                "valkey://h                       | h           | 6379 | - | -   | -",
                "h                                | h           | 6379 | - | -   | -",
                "h:7000                           | h           | 7000 | - | -   | -",
                "redis://[::1]:7000/1             | ::1         | 7000 | 1 | -   | -",
                "redis://[2001:db8::1]            | 2001:db8::1 | 6379 | - | -   | -",
                "redis://:p%40s%3As%2F%25@h       | h           | 6379 | - | -   | p@s:s/%",
                "redis://:p+w@h                   | h           | 6379 | - | -   | p+w",
                "redis://:p@ss/w:rd?x@h:7/2       | h           | 7    | 2 | -   | p@ss/w:rd?x",
                "redis://j%C3%B6e:pw@h            | h           | 6379 | - | jöe | pw",
                "redis://my_redis:7000            | my_redis    | 7000 | - | -   | -",
                "redis://h?db=4                   | h           | 6379 | 4 | -   | -",
            })
    void partsAreFound(String url, String host, int port, Integer db, String username, String password)
            throws BadValue {
        assertEquals(new RedisUrl(host, port, db, username, password, false), RedisUrl.parse(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://",
                "redis://:pw@",
                "redis://h:",
                "redis://h:x",
                "redis://h:70000",
                "redis://h:0",
                "redis://h/x",
                "redis://h/-1",
                "redis://h/99999",
                "redis://::1",
                "redis://[::1",
                "redis://[h]:1",
                "redis://h:1:2",
                "redis://:p%4@h",
                "redis://:p%zz@h",
                "redis://:%ff@h",
                "redis://h?timeout=3",
                "http://h",
                "redis://a b",
                "redis://h1,h2",
                "redis:h",
                "//h"
            })
    void badUrlIsRefused(String url) {
        assertThrows(BadValue.class, () -> RedisUrl.parse(url));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://joe:pw@h/1, redis://joe:***@h/1",
        "redis://:pw@h, redis://:***@h",
        "redis://pw@h, redis://***@h",
        "redis://:p@ss@h, redis://:***@h",
        "joe:pw@h, joe:***@h",
        "redis://h:7000, redis://h:7000",
        "redis://h?password=pw, redis://h?***",
        "http://joe:pw@, http://joe:***@",
    })
    void maskedShowsNoPassword(String url, String masked) {
        assertEquals(masked, RedisUrl.masked(url));
    }

    @Test
    void anotherSchemeMeansTls() throws BadValue {
        assertEquals(new RedisUrl("h", 7000, 2, "joe", "pw", true), RedisUrl.parse("rediss://joe:pw@h:7000/2"));
        assertEquals(new RedisUrl("h", 6379, null, null, null, true), RedisUrl.parse("valkeys://h"));
    }
}
