package dev.redoubt.it.hooks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;

/** An application that forgets to close its clients. Its lines are known to the test by their markers. */
final class LeakyShop {
    static final int LEAKS = 20;

    private static final String HOST = "redis.invalid";
    private static final int PORT = 6379;
    private static final long PATIENCE_MILLIS = 30_000;

    private LeakyShop() {}

    @SuppressWarnings("deprecation") // JedisPool, which is what applications have
    public static void main(String[] args) throws Exception {
        JedisPool pool = new JedisPool(HOST, PORT); // pool
        List<Jedis> kept = new ArrayList<>();
        leak(kept);
        try (Jedis closed = new Jedis(HOST, PORT); // closed
                Jedis borrowed = pool.getResource()) {
            borrowed.ping();
            closed.ping();
            System.out.println(closed.clientList());
            System.out.println("getname " + closed.clientGetname());
        }
        try (Jedis named = new Jedis(HOST, PORT)) { // named
            named.clientSetname("own-name");
            System.out.println(named.clientList());
        }
        kept.clear();
        awaitBean();
        pool.close();
    }

    @SuppressWarnings("resource")
    private static void leak(List<Jedis> kept) {
        for (int i = 0; i < LEAKS; i++) {
            Jedis jedis = new Jedis(HOST, PORT); // leak
            jedis.ping();
            kept.add(jedis);
        }
    }

    /** The agent registers its bean a second or so after the application has made a server for it. */
    private static void awaitBean() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("dev.redoubt:type=Agent");
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (System.currentTimeMillis() < end) {
            System.gc();
            if (beans.isRegistered(name) && (Long) beans.getAttribute(name, "CollectedUnclosed") == LEAKS) {
                System.out.println("bean constructed " + beans.getAttribute(name, "Constructed"));
                System.out.println(beans.invoke(name, "report", null, null));
                return;
            }
            Thread.sleep(50);
        }
        System.out.println("the bean did not count " + LEAKS);
    }
}
