package dev.redoubt.agent.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.agent.observe.ClientKind;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportTextsTest {
    private final Scene scene = new Scene();

    @Test
    void textIsForPeople() {
        application();

        assertEquals(
                "redoubt-agent: Redis clients of 42 legacy.jar, mode observe, so far\n"
                        + "  constructed 3, closed 1, collected unclosed 1, live 1; sockets: opened 1, now 0, at most 1 at once\n"
                        + "  com.acme.OrderDao.find(OrderDao.java:42)\n"
                        + "    Jedis to redis.example:6379\n"
                        + "    constructed 2, closed 0, collected unclosed 1, live 1; sockets: opened 1, now 0, at most 1 at once\n"
                        + "    mean life 0.013 s\n"
                        + "    -> OrderDao.java:42 constructed 2 Jedis, 2 never closed: use try-with-resources or a pool\n"
                        + "  com.acme.Cart.add(Cart.java:9)\n"
                        + "    Jedis to nowhere yet\n"
                        + "    constructed 1, closed 1, collected unclosed 0, live 0; sockets: opened 0, now 0, at most 0 at once\n"
                        + "    mean life 0.000 s\n"
                        + "  sharing inside the JVM: about 1 sockets instead of 1, and 0 connects less\n",
                TextReport.of(scene.report()));
    }

    @Test
    void jsonHasTheFormThatTheProxyTakes() {
        application();

        assertEquals(
                ("{'schema':1,'reporter':'42-a','process':'42 legacy.jar','agent':'1.2.3','java':'1.8.0_402',"
                                + "'mode':'observe','startedAt':1700000000000,'writtenAt':1700000060000,'final':false,"
                                + "'totals':{'constructed':3,'closed':1,'collectedUnclosed':1,'live':1,"
                                + "'opened':1,'sockets':0,'peakSockets':1},"
                                + "'sites':[{'site':'com.acme.OrderDao.find(OrderDao.java:42)','clients':'Jedis',"
                                + "'endpoint':'redis.example:6379','constructed':2,'closed':0,'collectedUnclosed':1,"
                                + "'live':1,'opened':1,'sockets':0,'peakSockets':1,'meanLifeMillis':12.6,"
                                + "'advice':'OrderDao.java:42 constructed 2 Jedis, 2 never closed: "
                                + "use try-with-resources or a pool'},"
                                + "{'site':'com.acme.Cart.add(Cart.java:9)','clients':'Jedis','endpoint':null,"
                                + "'constructed':1,'closed':1,'collectedUnclosed':0,'live':0,'opened':0,'sockets':0,"
                                + "'peakSockets':0,'meanLifeMillis':0.0,'advice':null}],'sitesLeftOut':0,"
                                + "'forecast':{'peakSockets':1,'sharedSockets':1,'savedConnects':0},'notes':[]}")
                        .replace('\'', '"'),
                JsonReport.of(scene.report()));
    }

    @Test
    void whatWasTooMuchToFollowIsNoted() {
        Scene small = new Scene(1, 10);
        small.construct(ClientKind.JEDIS, Scene.DAO);
        small.construct(ClientKind.JEDIS, Scene.DAO);

        String text = TextReport.of(small.report());

        assertTrue(text.contains("  note: 1 objects were too many to follow"), text);
    }

    @Test
    void theProxyGetsWhatItTakes() {
        Scene large = new Scene(2_000, 2_000);
        String longName = new String(new char[260]).replace('\0', 'x');
        for (int i = 0; i < 1_000; i++) {
            large.construct(ClientKind.JEDIS, "com.acme." + longName + ".f(File.java:" + i + ")");
        }

        byte[] json = JsonReport.forProxy(large.report());
        String text = new String(json, StandardCharsets.UTF_8);

        assertTrue(json.length <= JsonReport.MAX_BYTES, "" + json.length);
        int sites = text.split("\"site\":", -1).length - 1;
        assertTrue(sites > 20, "" + sites);
        assertTrue(text.contains("\"sitesLeftOut\":" + (1_000 - sites) + ","), text.substring(text.length() - 300));
        assertTrue(text.contains("\"totals\":{\"constructed\":1000,"));
    }

    @Test
    void jsonIsEscaped() {
        assertEquals(
                "[\"a\\\"b\\\\c\\u0000\\u001f\\ud83d\u00e4\",null,true,-7,null,0.5]",
                new Json()
                        .begin('[')
                        .text("a\"b\\c\0\u001f\ud83d\u00e4")
                        .text(null)
                        .flag(true)
                        .number(-7)
                        .number(Double.NaN)
                        .number(0.5)
                        .end(']')
                        .toString());
    }

    private void application() {
        Object[] forgotten = scene.jedis(Scene.DAO);
        scene.jedis(Scene.DAO);
        scene.connect(forgotten[1]);
        scene.ticker.move(12_600, TimeUnit.MICROSECONDS);
        scene.collect(forgotten);
        scene.audit.findings();
        scene.audit.closed(ClientKind.JEDIS, scene.jedis(Scene.OTHER)[0]);
    }
}
