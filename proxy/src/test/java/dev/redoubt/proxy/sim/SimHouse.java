package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.command.CommandCatalog;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.config.BlockingOnLoss;
import dev.redoubt.proxy.config.LeaseSettings;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.pubsub.Subscriptions;
import dev.redoubt.proxy.pubsub.SubscriptionsFirst;
import dev.redoubt.proxy.session.ClientSession;
import dev.redoubt.proxy.session.Clients;
import dev.redoubt.proxy.session.House;
import dev.redoubt.proxy.session.Scripts;
import dev.redoubt.proxy.session.UpstreamAuthenticator;
import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.status.Gauges;
import dev.redoubt.proxy.status.ProxyState;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.LeasePool;
import dev.redoubt.proxy.upstream.ReplyTap;
import dev.redoubt.proxy.upstream.SharedUpstream;
import dev.redoubt.proxy.upstream.UpstreamServer;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** The production classes of one lane, put together as production does it, with the world's thread, clock, chance and memory. */
final class SimHouse {
    private static final CommandTable TABLE = CommandTable.builtIn();

    private final Clients clients = new Clients();
    private final UpstreamServer upstream;
    private final LeasePool leases;
    private final Subscriptions subscriptions;
    private final House house;

    SimHouse(Site site, SimConnector connector) {
        World world = site.world();
        Counters counters = new Counters();
        Scripts scripts = new Scripts(100, 1 << 20);
        SubscriptionsFirst gate = new SubscriptionsFirst(NoMemory.INSTANCE);
        Lane lane = new Lane(
                new MutantExecutor(world, site.mutant()), world, world.random().split(), site.allocator());
        upstream = new UpstreamServer(
                lane,
                connector,
                site.plan().timings(),
                site.plan().password() ? new Credentials(null, ModelSession.PASSWORD) : null,
                new UpstreamServer.Hooks(
                        MutantJudge.of(TABLE, site.plan().choices(), site.mutant()), gate, ReplyTap.NONE),
                counters);
        leases = new LeasePool(upstream, lane, new LeaseSettings(site.plan().leases(), BlockingOnLoss.IN_DOUBT));
        subscriptions = new Subscriptions(upstream, lane);
        gate.attach(subscriptions);
        house = new House(
                lane,
                upstream,
                leases,
                subscriptions,
                new CommandCatalog(TABLE),
                scripts,
                NoMemory.INSTANCE,
                new UpstreamAuthenticator(upstream, lane),
                clients,
                counters,
                site.plan().limits(),
                site.plan().holdBudget(),
                0,
                () -> status(counters));
    }

    private ProxyStatus status(Counters counters) {
        return new ProxyStatus(
                ProxyState.UP,
                0,
                upstream.description(),
                upstream.wasSeen(),
                null,
                OptionalLong.empty(),
                null,
                null,
                counters.copy(),
                new Gauges(),
                List.of(),
                List.of());
    }

    void start() {
        upstream.start();
    }

    /** A handler for one client's channel. */
    ClientSession session() {
        return new ClientSession(house);
    }

    Collection<SharedUpstream> shared() {
        return List.copyOf(upstream.allShared());
    }

    /** What the books say is kept alive: nothing, when all is closed. */
    String accounts() {
        return "logs " + upstream.backlogBytes().bytes() + ", clients "
                + clients.bytes().bytes();
    }

    /** Closes all, as production does at its end. */
    void close() {
        clients.all().forEach(ClientSession::close);
        leases.close();
        subscriptions.close();
        upstream.close();
    }
}
