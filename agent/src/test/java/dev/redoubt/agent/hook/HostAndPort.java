package dev.redoubt.agent.hook;

/** What Jedis has by this name. */
public class HostAndPort {
    public final String host = "asked.invalid";
}
