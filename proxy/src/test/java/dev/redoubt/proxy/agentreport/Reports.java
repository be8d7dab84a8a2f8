package dev.redoubt.proxy.agentreport;

import dev.redoubt.proxy.time.Clock;
import java.util.concurrent.TimeUnit;

/** Reports for tests, and a clock that they move. */
public final class Reports {
    private Reports() {}

    /** As an agent sends it. */
    public static String json(String reporter) {
        return """
                {"schema":1,"reporter":"%s","process":"4242 legacy.jar","agent":"1.2.3","java":"17.0.9",
                "mode":"observe","startedAt":1700000000000,"writtenAt":1700000060000,"final":false,
                "totals":{"constructed":1205,"closed":5,"collectedUnclosed":1100,"live":100,
                "opened":1205,"sockets":101,"peakSockets":340},
                "sites":[
                {"site":"com.acme.OrderDao.find(OrderDao.java:42)","clients":"Jedis","endpoint":"redis.example:6379",
                "constructed":1204,"closed":4,"collectedUnclosed":1100,"live":100,
                "opened":1204,"sockets":100,"peakSockets":339,"meanLifeMillis":12.5,
                "advice":"use try-with-resources or a pool"},
                {"site":"com.acme.Main.main(Main.java:7)","clients":"JedisPool","endpoint":null,
                "constructed":1,"closed":1,"collectedUnclosed":0,"live":0,
                "opened":1,"sockets":1,"peakSockets":1,"meanLifeMillis":null,"advice":null}],
                "sitesLeftOut":3,
                "forecast":{"peakSockets":340,"sharedSockets":1,"savedConnects":1204},
                "notes":["left alone: a shape that is not known"]}
                """.formatted(reporter);
    }

    public static AgentReport report(String reporter) {
        return read(json(reporter));
    }

    /** From a JVM that ends. */
    public static AgentReport goodbye(String reporter) {
        return read(json(reporter).replace("\"final\":false", "\"final\":true"));
    }

    private static AgentReport read(String json) {
        try {
            return ReportReader.read(json);
        } catch (BadReport e) {
            throw new AssertionError(e);
        }
    }

    /** Stands still unless moved. */
    public static final class StillClock implements Clock {
        private long nanos;

        public void move(long amount, TimeUnit unit) {
            nanos += unit.toNanos(amount);
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public long epochMillis() {
            return 1_700_000_000_000L + TimeUnit.NANOSECONDS.toMillis(nanos);
        }
    }
}
