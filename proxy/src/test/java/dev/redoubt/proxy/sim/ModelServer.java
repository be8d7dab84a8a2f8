package dev.redoubt.proxy.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model of a Redis server on one address: its process comes and goes, stops and goes on; its data may outlive it. */
final class ModelServer {
    /** One process. */
    static final class Run {
        private final String id;
        private final long startedNanos;
        private final Map<Long, ModelConnection> connections = new LinkedHashMap<>();
        private long lastClientId;
        private long succeededNanos = Long.MAX_VALUE;

        Run(String id, long startedNanos) {
            this.id = id;
            this.startedNanos = startedNanos;
        }

        String id() {
            return id;
        }

        /** When the next process began. */
        long succeededNanos() {
            return succeededNanos;
        }

        long startedNanos() {
            return startedNanos;
        }
    }

    private final Site site;
    private final World world;
    private final ModelData data = new ModelData();
    private final List<ModelConnection> ready = new ArrayList<>();
    private Run run;
    private int runs;
    private int lastPort = 40_000;
    private boolean up = true;
    private boolean hostUp = true;
    private boolean refusing;
    private @Nullable Refused refused;
    private long stalledUntil;
    private long loadingUntil;

    ModelServer(Site site) {
        this.site = site;
        this.world = site.world();
        this.run = newRun();
    }

    private Run newRun() {
        runs++;
        Run fresh = new Run("run-" + (site.mutant() == Mutant.RUN_IDS_LIE ? 1 : runs), world.now());
        fresh.lastClientId = world.between(0, 3); // connections of others
        return fresh;
    }

    ModelData data() {
        return data;
    }

    Run run() {
        return run;
    }

    /** How many runs there have been. */
    int runs() {
        return runs;
    }

    boolean isUp() {
        return up;
    }

    boolean isHostUp() {
        return hostUp;
    }

    boolean accepts() {
        return up && !refusing;
    }

    /** The state in which it refuses commands; null if it takes them. */
    @Nullable
    Refused refused() {
        return refused;
    }

    boolean isLoading() {
        return world.now() < loadingUntil;
    }

    boolean isStalled() {
        return world.now() < stalledUntil;
    }

    Collection<ModelConnection> connections() {
        return List.copyOf(run.connections.values());
    }

    // ---- connections

    ModelConnection accept(Link link) {
        run.lastClientId += world.oneIn(4) ? 2 : 1; // now and then somebody else connects
        ModelConnection connection =
                new ModelConnection(site, this, run, run.lastClientId, "10.0.0.9:" + ++lastPort, link);
        run.connections.put(run.lastClientId, connection);
        return connection;
    }

    /** CLIENT KILL ID ... ADDR ...: how many were killed. */
    int kill(long id, String address, ModelConnection by) {
        ModelConnection victim = run.connections.get(id);
        if (victim == null || (!address.isEmpty() && !victim.address().equals(address))) {
            return 0;
        }
        if (site.mutant() != Mutant.FENCE_KILLS_NOBODY) {
            world.trace(() -> by.link().name() + " kills " + victim.link().name());
            victim.close();
        }
        return 1;
    }

    void forget(ModelConnection connection) {
        connection.run().connections.remove(connection.id(), connection);
        ready.remove(connection);
    }

    /** A connection has something to be read. */
    void onReady(ModelConnection connection) {
        if (isStalled()) {
            if (!ready.contains(connection)) {
                ready.add(connection);
            }
        } else {
            connection.process();
        }
    }

    // ---- what happens to it

    /** The process stops for so long, and goes on. */
    void stall(long nanos) {
        world.trace(() -> "Redis stops for " + nanos / World.MILLI + " ms");
        stalledUntil = Math.max(stalledUntil, world.now() + nanos);
        world.after(nanos, this::goOn);
    }

    /** Sockets that became ready meanwhile are read in any order. */
    private void goOn() {
        while (!isStalled() && !ready.isEmpty()) {
            ready.remove(world.between(0, ready.size() - 1)).process();
        }
    }

    /** The process dies, and another begins after so long. */
    void restart(boolean keepsData, boolean vanishes, long downNanos, long loadingNanos) {
        if (!up) {
            return;
        }
        world.trace(() -> "Redis " + (vanishes ? "vanishes" : "dies") + (keepsData ? "" : " with its data") + " for "
                + downNanos / World.MILLI + " ms");
        up = false;
        hostUp = !vanishes;
        for (ModelConnection connection : connections()) {
            connection.die(vanishes);
        }
        ready.clear();
        if (!keepsData) {
            data.clear();
        }
        world.after(downNanos, () -> begin(loadingNanos));
    }

    private void begin(long loadingNanos) {
        up = true;
        hostUp = true;
        refused = null;
        stalledUntil = 0;
        loadingUntil = world.now() + loadingNanos;
        run.succeededNanos = world.now();
        run = newRun();
        world.trace(() -> "Redis is " + run.id());
    }

    /** Refuses connections for so long. */
    void refuse(long nanos) {
        world.trace(() -> "Redis refuses connections for " + nanos / World.MILLI + " ms");
        refusing = true;
        world.after(nanos, () -> refusing = false);
    }

    /** Refuses commands for its state for so long. */
    void refuseCommands(Refused state, long nanos) {
        world.trace(() -> "Redis says " + state + " for " + nanos / World.MILLI + " ms");
        refused = state;
        if (state == Refused.READONLY && !isStalled()) {
            connections().forEach(ModelConnection::onDemoted);
        }
        world.after(nanos, () -> refused = refused == state ? null : refused);
    }

    /** Nothing goes wrong any more: a process that is down begins when it was to begin. */
    void heal() {
        stalledUntil = 0;
        loadingUntil = 0;
        refused = null;
        refusing = false;
        goOn();
    }

    /** An element was pushed: whoever waits for it gets it. */
    void serveBlocked(int database, String name) {
        for (ModelConnection connection : connections()) {
            connection.serveIfBlockedOn(database, name);
        }
    }
}
