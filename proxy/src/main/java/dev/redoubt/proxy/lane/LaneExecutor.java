package dev.redoubt.proxy.lane;

/** The thread of a lane, behind an interface so that a simulator can be it. Thread-safe. */
public interface LaneExecutor {
    /** Runs the task on the lane's thread, after what is under way. */
    void execute(Runnable task);

    /** Runs the task on the lane's thread after so many nanoseconds. */
    Scheduled schedule(Runnable task, long delayNanos);

    /** Whether the caller is the lane's thread. */
    boolean inLane();

    /** A task that has not run yet. */
    interface Scheduled {
        /** Takes it back; no effect when it has run. */
        void cancel();
    }
}
