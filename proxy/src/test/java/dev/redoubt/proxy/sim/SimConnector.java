package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.upstream.Connector;
import io.netty.channel.ChannelHandler;
import java.util.ArrayList;
import java.util.List;

/** Connects to the model. */
final class SimConnector implements Connector {
    private static final long CONNECT_TIMEOUT = 2 * World.SECOND;

    private final Site site;
    private final World world;
    private final ModelServer server;
    private final List<Link> links = new ArrayList<>();
    private int connections;

    SimConnector(Site site, ModelServer server) {
        this.site = site;
        this.world = site.world();
        this.server = server;
    }

    @Override
    public void connect(ChannelHandler handler, Outcome outcome) {
        if (!server.isHostUp()) {
            world.after(CONNECT_TIMEOUT, () -> outcome.failed("connection timed out"));
        } else {
            world.after(world.skewed(2 * site.plan().delayNanos()), () -> arrive(handler, outcome));
        }
    }

    private void arrive(ChannelHandler handler, Outcome outcome) {
        if (!server.accepts()) {
            outcome.failed("Connection refused");
            return;
        }
        links.removeIf(link -> !link.isOpen() && link.isQuiet());
        Link link = new Link(site, "upstream " + ++connections, false);
        links.add(link);
        server.accept(link);
        MutantHandlers.addTo(link.channel(), site);
        link.channel().add(handler);
        outcome.connected(link.channel(), "10.0.0.1:6379");
    }

    /** Connections that are open, or whose bytes are still on their way. */
    List<Link> links() {
        return links;
    }

    @Override
    public String description() {
        return "redis.sim:6379";
    }
}
