package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.config.ClientSettings;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.pubsub.Subscriptions;
import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.upstream.LeasePool;
import dev.redoubt.proxy.upstream.UpstreamServer;
import java.time.Duration;

/**
 * What all sessions of a lane share. Confined to the lane.
 *
 * @param holdBudget for clients whose library is not known
 * @param database that clients begin in
 */
public record House(
        Lane lane,
        UpstreamServer server,
        LeasePool leases,
        Subscriptions subscriptions,
        CommandTable table,
        MemoryDesk memory,
        Authenticator authenticator,
        Clients clients,
        Counters counters,
        ClientSettings limits,
        Duration holdBudget,
        int database) {}
