package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandCatalog;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.config.ClientSettings;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.pubsub.Subscriptions;
import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.upstream.LeasePool;
import dev.redoubt.proxy.upstream.UpstreamServer;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What all sessions of a lane share. Confined to the lane.
 *
 * @param holdBudget for clients whose library is not known
 * @param database that clients begin in
 * @param status what the proxy says of itself at this moment
 */
public record House(
        Lane lane,
        UpstreamServer server,
        LeasePool leases,
        Subscriptions subscriptions,
        CommandCatalog catalog,
        Scripts scripts,
        MemoryDesk memory,
        Authenticator authenticator,
        Clients clients,
        Counters counters,
        ClientSettings limits,
        Duration holdBudget,
        int database,
        Supplier<ProxyStatus> status) {
    /** Redis has answered a client with an error; borrows the buffer. */
    void onError(ByteBuf buf, int from, int length) {
        scripts.onError(buf, from, length);
        clients.queueDoubt().onError(buf, from, length);
    }

    /** The one in force; not to be kept. */
    CommandTable table() {
        return catalog.table();
    }
}
