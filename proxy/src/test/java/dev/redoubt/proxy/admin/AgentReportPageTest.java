package dev.redoubt.proxy.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.agentreport.Reporters;
import dev.redoubt.proxy.agentreport.Reports;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentReportPageTest {
    private static final String GOOD = Reports.json("a");

    private final Reports.StillClock clock = new Reports.StillClock();
    private final Reporters reporters = new Reporters(clock);
    private final AgentReportPage page = new AgentReportPage(reporters, clock);

    @Test
    void whatWasPostedIsShownAsJson() {
        assertEquals(200, page.answer(post(GOOD)).status());
        clock.move(12, TimeUnit.SECONDS);

        AdminResponse shown = page.answer(AdminRequest.get(AgentReportPage.PATH));

        assertEquals(AdminResponse.JSON, shown.contentType());
        assertEquals(
                "{\"reports\":[{\"heardSecondsAgo\":12,"
                        + GOOD.replace("\n", "").substring("{\"schema\":1,".length()) + "]}\n",
                shown.body());
    }

    @Test
    void whatWasPostedIsShownToBeRead() {
        page.answer(post(GOOD));
        clock.move(12, TimeUnit.SECONDS);

        assertEquals("""
                4242 legacy.jar: Java 17.0.9, agent 1.2.3, mode observe, heard of 12 s ago
                  constructed 1,205, closed 5, collected unclosed 1,100, live 100; sockets: opened 1,205, now 101, at most 340 at once
                  com.acme.OrderDao.find(OrderDao.java:42)
                    Jedis to redis.example:6379
                    constructed 1,204, closed 4, collected unclosed 1,100, live 100; sockets: opened 1,204, now 100, at most 339 at once
                    mean life 0.013 s
                    -> use try-with-resources or a pool
                  com.acme.Main.main(Main.java:7)
                    JedisPool to nowhere yet
                    constructed 1, closed 1, collected unclosed 0, live 0; sockets: opened 1, now 1, at most 1 at once
                  and 3 call sites more
                  sharing inside the JVM: about 1 sockets instead of 340, and 1,204 connects less
                  note: left alone: a shape that is not known

                """, page.text().body());
    }

    @Test
    void beforeAnyReportItSaysSo() {
        assertEquals("No Java agent has reported to this proxy.\n", page.text().body());
        assertEquals(
                "{\"reports\":[]}\n",
                page.answer(AdminRequest.get(AgentReportPage.PATH)).body());
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   application/json,                false, true,  200",
        "POST,   application/json; charset=utf-8, false, true,  200",
        "POST,   application/json,                false, false, 403",
        "POST,   text/plain,                      false, true,  415",
        "POST,   '',                              false, true,  415",
        "POST,   application/json,                true,  true,  413",
        "PUT,    application/json,                false, true,  405",
        "DELETE, application/json,                false, true,  405",
    })
    void whoMaySendWhat(String method, String type, boolean isCutOff, boolean isFromHere, int status) {
        AdminRequest request = new AdminRequest(method, AgentReportPage.PATH, type, GOOD, isCutOff, isFromHere);

        assertEquals(status, page.answer(request).status());
        assertEquals(status == 200 ? 1 : 0, reporters.all().size());
    }

    @Test
    void badReportIsRefusedWithItsReason() {
        AdminResponse response = page.answer(post(GOOD.replace("\"schema\":1", "\"schema\":9")));

        assertEquals(400, response.status());
        assertTrue(response.body().startsWith("schema must be 1"), response.body());
        assertTrue(reporters.all().isEmpty());
    }

    @Test
    void tooManyReportsAreToldWhenToTryAgain() {
        IntStream.range(0, 64)
                .forEach(i -> assertEquals(200, page.answer(post(GOOD)).status()));

        AdminResponse response = page.answer(post(GOOD));

        assertEquals(429, response.status());
        assertEquals("60", response.headers().get("Retry-After"));
    }

    @Test
    void tooManyReportersAreRefused() {
        IntStream.range(0, 32).forEach(n -> page.answer(post(Reports.json("" + n))));

        assertEquals(503, page.answer(post(Reports.json("one more"))).status());
        assertFalse(page.text().body().contains("one more"));
    }

    private static AdminRequest post(String body) {
        return new AdminRequest("POST", AgentReportPage.PATH, "application/json", body, false, true);
    }
}
