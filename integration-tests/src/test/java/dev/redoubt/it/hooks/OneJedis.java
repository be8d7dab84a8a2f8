package dev.redoubt.it.hooks;

import java.util.Optional;
import redis.clients.jedis.Jedis;

/** An application with one client, of the host and port that it is told. */
final class OneJedis {
    private OneJedis() {}

    public static void main(String[] args) {
        try (Jedis jedis = new Jedis(args[0], Integer.parseInt(args[1]))) {
            System.out.println(jedis.ping());
        } catch (RuntimeException e) {
            System.out.println(e.getClass().getName() + " of "
                    + Optional.ofNullable(e.getCause())
                            .map(Object::getClass)
                            .map(Class::getName)
                            .orElse("none"));
        }
    }
}
