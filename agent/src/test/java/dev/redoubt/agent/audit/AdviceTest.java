package dev.redoubt.agent.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Jedis       | false | 1204 | 4    | 1100 | 100 | 5     | OrderDao.java:42 constructed 1,204 Jedis, 1,200 never closed: use try-with-resources or a pool",
                "Jedis       | false | 1    | 0    | 1    | 0   | 5     | OrderDao.java:42 constructed 1 Jedis, 1 never closed: use try-with-resources or a pool",
                "Jedis       | false | 10   | 0    | 0    | 10  | NaN   | OrderDao.java:42 constructed 10 Jedis, 10 never closed: use try-with-resources or a pool",
                "Jedis       | false | 9    | 0    | 0    | 9   | NaN   |",
                "Jedis       | false | 0    | 0    | 0    | 0   | NaN   |",
                "Jedis       | false | 5000 | 4999 | 0    | 1   | 12.6  | 'OrderDao.java:42 constructed 5,000 Jedis, each for 0.013 s on average: a pool would spare the connects'",
                "Jedis       | false | 5000 | 4999 | 0    | 1   | 60000 |",
                "Jedis       | false | 99   | 99   | 0    | 0   | 12.6  |",
                "JedisPool   | true  | 1    | 0    | 0    | 1   | NaN   |",
                "JedisPool   | true  | 300  | 300  | 0    | 0   | 5     | 'OrderDao.java:42 constructed 300 JedisPool: keep one for the whole application, and close it at its end'",
                "JedisPool   | true  | 3    | 0    | 1    | 2   | 5     | 'OrderDao.java:42 constructed 3 JedisPool, 3 never closed: keep one for the whole application, and close it at its end'",
                "RedisClient | false | 12   | 0    | 0    | 12  | NaN   | 'OrderDao.java:42 constructed 12 RedisClient, 12 never closed: keep one for the whole application, and close it at its end'",
            })
    void whatACallSiteShouldDo(
            String kinds,
            boolean isOfPool,
            long constructed,
            long closed,
            long collected,
            long live,
            double meanLifeMillis,
            String advice) {
        Counts counts = new Counts(constructed, closed, collected, live, 0, 0, 0);
        Site site = new Site(Scene.DAO, "OrderDao.java:42");

        assertEquals(advice, Advice.on(new SiteReport(site, kinds, "", counts, meanLifeMillis, isOfPool)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "7|7", "999|999", "1000|1,000", "1234567|1,234,567", "-1|-1", "-123|-123", "-1234|-1,234"})
    void numbersAreGrouped(long number, String text) {
        assertEquals(text, Numbers.grouped(number));
    }
}
