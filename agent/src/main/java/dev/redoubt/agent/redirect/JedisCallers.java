package dev.redoubt.agent.redirect;

import org.jspecify.annotations.Nullable;

/**
 * Tells from the stack whether Jedis connects for itself to something that is no plain Redis: a Sentinel, to ask for the primary, or a node of a cluster. The primary
 * that it was told is connected to by a pool's factory, and is a Redis like others.
 */
final class JedisCallers {
    private static final int FRAMES = 60;

    private JedisCallers() {}

    /** Null for a plain Redis. */
    static @Nullable String whatElseIsAsked() {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        boolean isPooled = false;
        for (int i = 0; i < Math.min(FRAMES, stack.length); i++) {
            String name = stack[i].getClassName();
            if (!name.contains("redis.clients.jedis.")) {
                continue;
            }
            if (name.contains("Cluster")) {
                return "it is a node of a cluster, for which the proxy does not speak";
            }
            isPooled |= stack[i].getMethodName().equals("makeObject");
            if (!isPooled && name.contains("Sentinel")) {
                return "it is a Sentinel; the primary that it names is redirected";
            }
        }
        return null;
    }
}
