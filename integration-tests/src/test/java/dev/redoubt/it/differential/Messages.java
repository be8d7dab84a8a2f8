package dev.redoubt.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One client subscribes to names that nobody else uses, and another one publishes. At most one pattern matches, since Redis goes through patterns by a seed of its own. Confined to one thread.
 */
final class Messages {
    private final Random random;
    private final String channel;
    private final boolean sharded;
    private final boolean named;
    private final boolean patterned;

    Messages(Random random, String name) {
        this.random = random;
        this.channel = name.replace(':', '.') + "-channel";
        this.sharded = random.nextInt(4) == 0;
        this.named = sharded || random.nextInt(4) > 0;
        this.patterned = !sharded && (!named || random.nextBoolean());
    }

    /** The listener's. */
    List<Request> join() {
        List<Request> requests = new ArrayList<>(List.of(
                Request.command("RESET"),
                Request.command(List.of("HELLO", random.nextBoolean() ? "2" : "3"), Comparison.GREETING)));
        if (sharded) {
            requests.add(Request.command("SSUBSCRIBE", channel, channel).answeredBy(2));
        } else if (named) {
            requests.add(Request.command("SUBSCRIBE", channel, channel + "2", channel)
                    .answeredBy(3));
        }
        if (patterned) {
            requests.add(Request.command("PSUBSCRIBE", channel.substring(0, channel.length() - 1) + "?"));
        }
        if (random.nextBoolean()) {
            requests.add(Request.command("PING", "among others"));
        }
        return requests;
    }

    /** The speaker's: none of what it says here is counted by Redis in another way than by the proxy. */
    List<Request> publish() {
        String publish = sharded ? "SPUBLISH" : "PUBLISH";
        return List.of(
                Request.command(publish, channel, "first"),
                Request.command(
                        "EVAL", "redis.call(ARGV[1], KEYS[1], 'from a script') return 1", "1", channel, publish),
                Request.command(publish, channel, "x".repeat(random.nextInt(3) * 40_000)),
                Request.command(publish, channel + "3", "to nobody"),
                Request.command("PUBSUB", sharded ? "SHARDNUMSUB" : "NUMSUB", channel, channel + "3"),
                Request.command("PUBSUB", sharded ? "SHARDCHANNELS" : "CHANNELS", channel));
    }

    /** What reaches each listener then. */
    List<Request> arrivals() {
        int each = (named ? 1 : 0) + (patterned ? 1 : 0);
        return List.of(Request.arrivals(3 * each));
    }

    List<Request> leave() {
        List<Request> requests = new ArrayList<>();
        if (sharded) {
            requests.add(Request.command("SUNSUBSCRIBE", channel));
        } else if (named) {
            requests.add(Request.command("UNSUBSCRIBE", channel, channel + "3").answeredBy(2));
        }
        if (patterned) {
            requests.add(Request.command("PUNSUBSCRIBE"));
        }
        requests.add(Request.command("RESET"));
        return requests;
    }
}
