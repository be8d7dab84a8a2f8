package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.command.CommandFlag;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.resp.Arguments;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that monitor, and what they are told of the others. Confined to the lane; does nothing while there are none.
 *
 * <p>Redis's own MONITOR says what it runs, scripts' commands and those of strangers too. Of a command that came over a connection of this proxy it knows only that connection. So while somebody monitors,
 * every command that is sent there is remembered with its client ({@link SentCommands}), and what the proxy answers itself gets a line from here.
 */
final class Monitors {
    private final Set<MonitorDesk> desks = new LinkedHashSet<>();

    boolean isActive() {
        return !desks.isEmpty();
    }

    void add(MonitorDesk desk) {
        desks.add(desk);
    }

    void remove(MonitorDesk desk) {
        desks.remove(desk);
    }

    /** A run of whole commands goes to Redis; borrows the buffer. */
    void onRun(ClientSession client, ByteBuf in, int from, int length, long nowNanos) {
        Arguments.forEach(in, from, length, arguments -> onSent(client, MonitorText.of(arguments), nowNanos));
    }

    /** A command goes to Redis. */
    void onSent(ClientSession client, String text, long nowNanos) {
        String address = ClientLine.monitorAddress(client.channel());
        desks.forEach(desk -> desk.sent().add(text, address, nowNanos));
    }

    /** A command was answered by the proxy: it is shown at once. */
    void onAnsweredHere(ClientSession client, String text, Clock clock) {
        long millis = clock.epochMillis();
        String micros = String.format("%06d", millis % 1000 * 1000);
        String database = Integer.toString(client.profile().state().key().database());
        String address = ClientLine.monitorAddress(client.channel());
        MonitorText.Line line = new MonitorText.Line(millis / 1000 + "." + micros, database, address, text);
        List.copyOf(desks).forEach(desk -> desk.show(line));
    }

    /** Whether Redis shows such a command: none that only an administrator may, and none that it refuses unseen. */
    static boolean isShown(CommandTable table, @Nullable CommandSpec spec, byte[][] arguments) {
        return spec != null
                && !spec.of(arguments).has(CommandFlag.ADMIN)
                && CommandErrors.check(table, arguments) == null;
    }
}
