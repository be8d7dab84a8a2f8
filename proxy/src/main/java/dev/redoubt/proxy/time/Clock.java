package dev.redoubt.proxy.time;

/**
 * The one source of time: production reads the system's clocks, tests and the simulator move their own. Implementations are thread-safe.
 */
public interface Clock {
    /** The system's clocks. */
    Clock SYSTEM = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }
    };

    /** Monotonic nanoseconds from an arbitrary origin: for durations. */
    long nanoTime();

    /** Wall-clock milliseconds since 1970: for expiry, as Redis keeps it. */
    long epochMillis();
}
