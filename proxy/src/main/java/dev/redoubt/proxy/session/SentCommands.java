package dev.redoubt.proxy.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Commands on their way to Redis, each with the address of the client that sent it, until Redis's MONITOR shows them. One for each session that monitors, confined to the lane.
 *
 * <p>Redis never shows a command that it refuses (an unknown name, no permission, out of memory): such a one is forgotten after {@link #MAX_AGE_NANOS}. Until then another client's that is the same to the letter
 * would be shown with the address of the first.
 */
final class SentCommands {
    private static final int MAX_SENT = 100_000;
    /** None is in flight for longer: upstream.stall-limit, and as much again. */
    private static final long MAX_AGE_NANOS = 120_000_000_000L;
    /** What the proxy says for itself on its connections. */
    private static final Set<String> OWN = Set.of(
            "ping",
            "hello",
            "auth",
            "select",
            "client",
            "info",
            "command",
            "script",
            "subscribe",
            "psubscribe",
            "ssubscribe",
            "unsubscribe",
            "punsubscribe",
            "sunsubscribe",
            "multi",
            "exec");

    private final Map<String, Deque<Sent>> byKey = new HashMap<>();
    private final Deque<Sent> inOrder = new ArrayDeque<>();

    private static final class Sent {
        private final String key;
        private final String text;
        private final String address;
        private final long sentNanos;
        private boolean done;

        Sent(String text, String address, long sentNanos) {
            this.key = MonitorText.key(text);
            this.text = text;
            this.address = address;
            this.sentNanos = sentNanos;
        }
    }

    /** The client with that address sends a command, in the words of MONITOR. */
    void add(String text, String address, long nowNanos) {
        forgetOld(nowNanos);
        Sent one = new Sent(text, address, nowNanos);
        byKey.computeIfAbsent(one.key, key -> new ArrayDeque<>(1)).add(one);
        inOrder.add(one);
    }

    private void forgetOld(long nowNanos) {
        Sent oldest = inOrder.peek();
        while (oldest != null
                && (oldest.done || inOrder.size() >= MAX_SENT || nowNanos - oldest.sentNanos > MAX_AGE_NANOS)) {
            inOrder.remove();
            if (!oldest.done) {
                takeFirst(oldest.key);
            }
            oldest = inOrder.peek();
        }
    }

    /** The one of that key that was sent first; null if there is none. */
    private @Nullable Sent takeFirst(String key) {
        Deque<Sent> same = byKey.get(key);
        if (same == null) {
            return null;
        }
        Sent first = same.remove();
        first.done = true;
        if (same.isEmpty()) {
            byKey.remove(key);
        }
        return first;
    }

    /** What to show for a line of Redis's about one of the proxy's own connections: the client's command, or the line itself; null where the proxy spoke for itself. */
    MonitorText.@Nullable Line resolve(MonitorText.Line line) {
        Sent sent = takeFirst(MonitorText.key(line.text()));
        if (sent != null) {
            return line.of(sent.address, sent.text);
        }
        return OWN.contains(MonitorText.name(line.text())) ? null : line;
    }
}
