package dev.redoubt.proxy.agentreport;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {
    private static final String GOOD = Reports.json("a");

    @Test
    void everyFieldIsRead() throws BadReport {
        AgentReport report = ReportReader.read(GOOD);

        assertEquals(
                new AgentReport(
                        "a",
                        "4242 legacy.jar",
                        "1.2.3",
                        "17.0.9",
                        "observe",
                        1_700_000_000_000L,
                        1_700_000_060_000L,
                        false,
                        new Counts(1205, 5, 1100, 100, 1205, 101, 340),
                        List.of(
                                new CallSite(
                                        "com.acme.OrderDao.find(OrderDao.java:42)",
                                        "Jedis",
                                        "redis.example:6379",
                                        new Counts(1204, 4, 1100, 100, 1204, 100, 339),
                                        12.5,
                                        "use try-with-resources or a pool"),
                                new CallSite(
                                        "com.acme.Main.main(Main.java:7)",
                                        "JedisPool",
                                        null,
                                        new Counts(1, 1, 0, 0, 1, 1, 1),
                                        null,
                                        null)),
                        3,
                        new Forecast(340, 1, 1204),
                        List.of("left alone: a shape that is not known")),
                report);
    }

    @Test
    void forecastMayBeMissing() throws BadReport {
        AgentReport report = ReportReader.read(GOOD.replaceAll("\"forecast\":\\{[^}]*},", ""));

        assertNull(report.forecast());
    }

    @Test
    void whatALaterAgentSaysMoreIsIgnored() {
        String more = GOOD.replace("\"mode\":", "\"later\":{\"deep\":[1,2.5,true,null]},\"mode\":");

        assertDoesNotThrow(() -> ReportReader.read(more));
    }

    /** Each of these stands in a good report in place of what is good there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"schema\":1                 | \"schema\":2            | schema must be 1: take an agent of the proxy's version",
                "\"schema\":1                 | \"schema\":\"1\"        | schema must be a whole number from 0 on",
                "\"reporter\":\"a\"           | \"reporter\":null       | reporter must be a text",
                "\"process\":\"4242 legacy.jar\" | \"process\":7        | process must be a printable text of at most 500 characters",
                "4242 legacy.jar              | \\u001b[2J              | process must be a printable text of at most 500 characters",
                "4242 legacy.jar              | \\u202eabc              | process must be a printable text of at most 500 characters",
                "4242 legacy.jar              | \\ud800                 | process must be a printable text of at most 500 characters",
                "\"final\":false              | \"final\":0             | final must be true or false",
                "\"constructed\":1205         | \"constructed\":-1      | totals.constructed must be a whole number from 0 on",
                "\"constructed\":1204         | \"constructed\":1.5     | sites[0].constructed must be a whole number from 0 on",
                "\"closed\":1                 | \"clos\":1              | sites[1].closed must be a whole number from 0 on",
                "\"meanLifeMillis\":12.5      | \"meanLifeMillis\":1e999 | sites[0].meanLifeMillis must be a number from 0 on, or null",
                "\"sites\":[                  | \"sites\":[7,           | sites must be a list of objects",
                "\"notes\":[                  | \"notes\":[7,           | notes must be a printable text of at most 500 characters",
                "\"totals\":{                 | \"totals\":[],\"more\":{ | totals must be an object",
            })
    void wrongFieldIsNamed(String good, String bad, String message) {
        assertTrue(GOOD.contains(good), good);

        BadReport e = assertThrows(BadReport.class, () -> ReportReader.read(GOOD.replace(good, bad)));

        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "[]",
                "{",
                "{}{}",
                "{} trailing",
                "{\"schema\":1,\"schema\":1}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}",
                "{\"a\":99999999999999999999999}",
                "{\"a\":[",
                "{\"a\":NaN}",
            })
    void whatIsNoSoundObjectIsRefused(String text) {
        assertThrows(BadReport.class, () -> ReportReader.read(text));
    }

    @Test
    void everyPrefixOfAReportIsRefused() {
        for (int length = 0; length < GOOD.stripTrailing().length(); length++) {
            String cut = GOOD.substring(0, length);

            assertThrows(BadReport.class, () -> ReportReader.read(cut), cut);
        }
    }

    @Test
    void tooManySitesAreRefused() {
        String site = GOOD.substring(GOOD.indexOf("{\"site\""), GOOD.indexOf(",\n{\"site\":\"com.acme.Main"));
        String many = GOOD.replace(site, String.join(",", Collections.nCopies(200, site)));

        BadReport e = assertThrows(BadReport.class, () -> ReportReader.read(many));

        assertEquals("sites must be a list of at most 200", e.getMessage());
    }
}
