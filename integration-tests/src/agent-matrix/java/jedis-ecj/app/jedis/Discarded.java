package app.jedis;

import redis.clients.jedis.Jedis;

/** Compiled by ECJ, as every JSP is: it leaves out the copy of a reference that nobody uses. */
final class Discarded {
    private Discarded() {}

    static void construct(String host, int port) {
        new Jedis(host, port);
        new Shapes.Chatty(host, port);
    }
}
