package dev.redoubt.it.bench;

import redis.clients.jedis.Jedis;

/** The program that the agent's figures are measured on. Stateless. */
final class AgentProbe {
    private static final String KEY = "bench:agent";

    private AgentProbe() {}

    /** Nothing: a program that knows no Redis. With a host and a port: one value. With a number too: so many, twice, and the nanoseconds of each of the second time. */
    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            return;
        }
        try (Jedis jedis = new Jedis(arguments[0], Integer.parseInt(arguments[1]))) {
            jedis.set(KEY, "value");
            if (arguments.length > 2) {
                int count = Integer.parseInt(arguments[2]);
                get(jedis, count);
                System.out.println(get(jedis, count));
            }
        }
    }

    private static double get(Jedis jedis, int count) {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            if (!jedis.get(KEY).equals("value")) {
                throw new IllegalStateException("another value than was set");
            }
        }
        return (System.nanoTime() - begin) / (double) count;
    }
}
