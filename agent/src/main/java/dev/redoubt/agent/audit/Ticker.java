package dev.redoubt.agent.audit;

/** The time: tests move their own. Implementations are thread-safe. */
interface Ticker {
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }
    };

    /** Monotonic, from an arbitrary origin: for durations. */
    long nanos();

    /** Wall-clock milliseconds since 1970. */
    long epochMillis();
}
