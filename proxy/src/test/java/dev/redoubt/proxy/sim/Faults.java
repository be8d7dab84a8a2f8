package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.upstream.UpstreamTimings;
import java.util.List;
import java.util.function.Consumer;

/** Has things go wrong, by chance, until it is time for them to be well again. */
final class Faults {
    /** Shorter runs cannot be told apart by INFO's uptime, which has whole seconds. */
    private static final long SHORTEST_RUN = 3 * World.SECOND;

    private static final long SLACK = 3 * World.SECOND;

    private final Site site;
    private final World world;
    private final ModelServer server;
    private final SimConnector connector;
    private final long end;

    Faults(Site site, ModelServer server, SimConnector connector) {
        this.site = site;
        this.world = site.world();
        this.server = server;
        this.connector = connector;
        this.end = site.plan().faultNanos();
    }

    void begin() {
        world.after(world.skewed(2 * site.plan().meanFaultNanos()), this::next);
    }

    private void next() {
        if (world.now() >= end) {
            heal();
            return;
        }
        one();
        world.after(world.random().nextLong(2 * site.plan().meanFaultNanos()), this::next);
    }

    private void heal() {
        world.trace(() -> "nothing goes wrong any more");
        server.heal();
        connector.links().forEach(Link::heal);
        if (world.oneIn(2)) {
            withConnection(this::swallow);
        }
    }

    /** Of an idle connection: nobody hears of it, until it is asked for a sign of life. */
    private void swallow(ModelConnection connection) {
        if (carriesData(connection)) {
            connection.link().swallow(() -> world.after(limitNanos(), () -> checkGivenUp(connection)));
        }
    }

    private long limitNanos() {
        UpstreamTimings timings = site.plan().timings();
        return timings.lostAfter().toNanos() + 2 * timings.pingInterval().toNanos() + SLACK;
    }

    private void checkGivenUp(ModelConnection connection) {
        boolean calm = world.now() > end + limitNanos() && server.isUp() && connection.run() == server.run();
        if (calm && connection.link().isOpen()) {
            site.referee().broken(connection.link().name() + " has not answered, and is still trusted");
        }
    }

    private static boolean carriesData(ModelConnection connection) {
        return connection.name().startsWith("redoubt-data") && connection.isIdle() && connection.isUsed();
    }

    private void one() {
        switch (world.between(0, 20)) {
            case 0 -> withLink(Link::cut);
            case 1, 2, 3 -> withLink(Link::cutAtNextWrite);
            case 4 -> connector.links().forEach(Link::cutAtNextWrite);
            case 5 -> withConnection(ModelConnection::close);
            case 6, 7 -> withConnection(ModelConnection::closeAfterNext);
            case 8 -> withLink(link -> link.freeze(world.skewed(8 * World.SECOND)));
            case 9, 10 -> server.stall(world.skewed(world.oneIn(3) ? 30 * World.SECOND : 4 * World.SECOND));
            case 11 -> restart();
            case 12 -> withLink(link -> link.atNextWrite(this::restart));
            case 13 -> server.refuse(world.skewed(3 * World.SECOND));
            case 16, 17, 18, 19 -> refuseCommands();
            case 20 -> withConnection(this::swallow);
            case 14 -> List.copyOf(connector.links()).forEach(Link::cut);
            default -> withConnection(this::rogue);
        }
    }

    private void refuseCommands() {
        Refused[] states = Refused.values();
        long longest = world.oneIn(4) ? 12 * World.SECOND : World.SECOND;
        server.refuseCommands(states[world.between(0, states.length - 1)], world.skewed(longest));
    }

    private void restart() {
        if (world.now() - server.run().startedNanos() >= SHORTEST_RUN) {
            long loading = world.oneIn(3) ? world.skewed(2 * World.SECOND) : 0;
            server.restart(world.oneIn(2), world.oneIn(3), world.skewed(5 * World.SECOND), loading);
        }
    }

    /** A reply that nobody is owed, or what is no reply at all: the connection must be closed. */
    private void rogue(ModelConnection connection) {
        if (!carriesData(connection)) {
            return;
        }
        boolean garbage = world.oneIn(2);
        world.trace(() -> connection.link().name() + ": " + (garbage ? "garbage" : "a reply that nobody is owed"));
        connection.link().inject(FrameReader.bytes(garbage ? "HTTP/1.1 400 Bad Request\r\n" : "+OK\r\n"));
        if (connection.link().isOpen()) {
            site.referee()
                    .broken(connection.link().name() + " was trusted after "
                            + (garbage ? "garbage" : "a reply too many"));
        }
    }

    private void withLink(Consumer<Link> fault) {
        List<Link> open = connector.links().stream().filter(Link::isOpen).toList();
        if (!open.isEmpty()) {
            fault.accept(open.get(world.between(0, open.size() - 1)));
        }
    }

    private void withConnection(Consumer<ModelConnection> fault) {
        List<ModelConnection> all = List.copyOf(server.connections());
        if (!all.isEmpty()) {
            fault.accept(all.get(world.between(0, all.size() - 1)));
        }
    }
}
