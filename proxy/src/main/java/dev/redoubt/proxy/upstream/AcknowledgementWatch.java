package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Sockets;
import dev.redoubt.proxy.lane.Unacknowledged;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the kernel what of each connection's bytes was acknowledged, where it tells. Confined to the lane. */
final class AcknowledgementWatch implements WayWatch {
    private static final int READINGS = 10;

    private final Sockets sockets;
    private final long limitNanos;
    private final String cause;
    private final Map<Channel, Unacknowledged> open = new HashMap<>();
    private long nextNanos = Long.MIN_VALUE;

    AcknowledgementWatch(Sockets sockets, Duration limit) {
        this.sockets = sockets;
        this.limitNanos = limit.toNanos();
        this.cause = "nothing that was sent was acknowledged for " + limit.toMillis() + " ms";
    }

    @Override
    public void add(Channel connection) {
        open.put(connection, new Unacknowledged());
        connection.closeFuture().addListener(closed -> open.remove(connection));
    }

    @Override
    public void tick(long nowNanos, long silentNanos) {
        if (nextNanos == Long.MIN_VALUE || nowNanos - nextNanos >= 0) {
            nextNanos = nowNanos + limitNanos / READINGS;
            List.copyOf(open.keySet()).forEach(connection -> look(connection, nowNanos));
        }
    }

    private void look(Channel connection, long nowNanos) {
        Unacknowledged due = open.get(connection);
        if (due != null
                && connection.isActive()
                && due.nanos(sockets.acknowledgement(connection), nowNanos) >= limitNanos) {
            WayWatch.end(connection, cause);
        }
    }
}
