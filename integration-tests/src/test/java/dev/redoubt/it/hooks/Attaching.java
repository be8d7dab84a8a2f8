package dev.redoubt.it.hooks;

import com.sun.tools.attach.VirtualMachine;
import redis.clients.jedis.Jedis;

/** An application that runs already when the agent comes. */
final class Attaching {
    private Attaching() {}

    /** @param args host and port of its Redis, the agent's jar, its options */
    public static void main(String[] args) throws Exception {
        ping("before", args[0], Integer.parseInt(args[1]));
        VirtualMachine self = VirtualMachine.attach(ProcessHandle.current().pid() + "");
        self.loadAgent(args[2], args[3]);
        self.detach();
        ping("after", JedisShapes.HOST, 6379);
    }

    private static void ping(String when, String host, int port) {
        try (Jedis jedis = new Jedis(host, port)) {
            System.out.println(when + " " + jedis.ping());
        }
    }
}
