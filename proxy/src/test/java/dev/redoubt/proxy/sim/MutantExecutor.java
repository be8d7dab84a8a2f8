package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.lane.LaneExecutor;

/** The lane's thread, or one that forgets timers where the mutant says so. */
record MutantExecutor(World world, Mutant mutant) implements LaneExecutor {
    private static final int ONE_IN = 30;

    @Override
    public void execute(Runnable task) {
        world.execute(task);
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        return world.schedule(mutant == Mutant.TIMERS_ARE_LOST && world.oneIn(ONE_IN) ? () -> {} : task, delayNanos);
    }

    @Override
    public boolean inLane() {
        return true;
    }
}
