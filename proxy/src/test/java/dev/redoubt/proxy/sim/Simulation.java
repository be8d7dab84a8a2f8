package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.upstream.SharedUpstream;
import io.netty.buffer.ByteBuf;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** One seed's life: the house is built as production builds it, clients come and go, things go wrong, all comes to rest, and everything is closed. */
final class Simulation {
    /** What one seed came to. */
    record Result(long seed, List<String> broken, List<String> trace, int commands, long simulatedNanos) {
        boolean isGood() {
            return broken.isEmpty();
        }
    }

    private static final long PATIENCE = 30 * World.SECOND;
    private static final long CHECK_EVERY = 500 * World.MILLI;

    private final long seed;
    private final Complaints complaints;
    private final Site site;
    private final World world;
    private final Referee referee;
    private final ModelServer redis;
    private final SimConnector connector;
    private final SimHouse house;
    private final List<SimClient> simulated = new ArrayList<>();

    private Simulation(long seed, Mutant mutant, boolean tracing, Complaints complaints) {
        this.seed = seed;
        this.complaints = complaints;
        this.world = new World(seed, tracing);
        this.site = Site.of(world, Plan.of(world.random()), mutant);
        this.referee = site.referee();
        complaints.onReplyCut(referee::onReplyCut);
        this.redis = new ModelServer(site);
        this.connector = new SimConnector(site, redis);
        this.house = new SimHouse(site, connector);
    }

    /** Runs one seed. */
    static Result run(long seed, Mutant mutant, boolean tracing, Complaints complaints) {
        Simulation simulation = new Simulation(seed, mutant, tracing, complaints);
        try {
            simulation.live();
            if (simulation.referee.broken().isEmpty()) {
                simulation.die();
            }
        } catch (RuntimeException | AssertionError e) {
            StringWriter stack = new StringWriter();
            e.printStackTrace(new PrintWriter(stack));
            simulation.referee.broken("an exception: " + stack);
        }
        complaints.take().forEach(simulation.referee::broken);
        return new Result(
                seed,
                simulation.referee.broken(),
                simulation.world.trace(),
                simulation.referee.sent().size(),
                simulation.world.now());
    }

    private void live() {
        world.trace(() -> "seed " + seed + ": " + site.plan());
        house.start();
        for (int i = 0; i < site.plan().clients(); i++) {
            connect(i, 1, site.plan().commands());
        }
        new Faults(site, redis, connector).begin();
        world.after(CHECK_EVERY, this::checkNobodyWaitsForever);
        long limit = site.plan().faultNanos() + 600 * World.SECOND;
        while (referee.broken().isEmpty() && !isAtRest() && world.turn(limit)) {
            complaints.take().forEach(referee::broken);
        }
        if (referee.broken().isEmpty()) {
            referee.checkAllEnded();
        }
    }

    private void connect(int number, int generation, int commands) {
        SimClient client = new SimClient(site, "client " + number + "." + generation);
        simulated.add(client);
        client.link().channel().add(house.session());
        Script[] script = new Script[1];
        script[0] = new Script(site, client, commands, () -> {
            int left = script[0].left();
            if (left > 0 && world.now() < site.plan().faultNanos()) {
                connect(number, generation + 1, left);
            }
        });
        script[0].begin();
    }

    private boolean isAtRest() {
        return world.now() > site.plan().faultNanos()
                && simulated.stream().allMatch(client -> client.hasEnded() || client.awaitsNothing())
                && house.shared().stream().allMatch(shared -> shared.log().isEmpty());
    }

    /** A command ends within its hold budget, a stall within its limit; nothing takes longer than both. */
    private void checkNobodyWaitsForever() {
        long longest = site.plan().holdBudget().toNanos()
                + site.plan().timings().stallLimit().toNanos()
                + PATIENCE;
        for (SimClient client : simulated) {
            if (!client.hasEnded() && client.waitingNanos() > longest) {
                referee.broken(client.name() + " has waited " + client.waitingNanos() / World.MILLI + " ms for "
                        + client.nextAwaited());
            }
        }
        world.after(CHECK_EVERY, this::checkNobodyWaitsForever);
    }

    /** Closes everything, as production does at its end: then no buffer may be left. */
    private void die() {
        simulated.forEach(SimClient::reset);
        house.close();
        long end = world.now() + 20 * World.SECOND;
        while (world.turn(end)) {
            complaints.take().forEach(referee::broken);
        }
        for (SharedUpstream shared : house.shared()) {
            if (!shared.log().isEmpty()) {
                referee.broken(shared.log().commands() + " commands are left in the log of " + shared.key());
            }
        }
        if (!house.accounts().equals("logs 0, clients 0")) {
            referee.broken("all is closed, and the books say: " + house.accounts());
        }
        site.readBuffers().close();
        List<ByteBuf> held = site.allocator().held();
        if (!held.isEmpty()) {
            referee.broken(held.size() + " buffers were never released, " + held.get(0));
        }
    }
}
