package dev.redoubt.proxy.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Few lines for trouble that repeats itself: the first of a kind at once, then one an interval for as long as it goes on, with
 * how many there were. Confined to the thread that its timer runs tasks on.
 */
public final class Repeats {
    /** How often a kind that goes on is told again. */
    public static final Duration INTERVAL = Duration.ofMinutes(1);

    /** A kind should be a constant; this is for those that turn out not to be. */
    private static final int MOST_KINDS = 32;

    private static final String OTHERS = "others";

    /** Writes a line. */
    public interface Line {
        /** @param times how often it happened since the last line of its kind, at least 1 */
        void write(long times);
    }

    /** Runs a task later. */
    public interface Timer {
        void schedule(Runnable task, long delayNanos);
    }

    private final class Kind {
        private final String name;
        private long untold;
        private Line newest = times -> {};

        private Kind(String name) {
            this.name = name;
        }

        private void watch() {
            timer.schedule(this::intervalEnds, INTERVAL.toNanos());
        }

        private void intervalEnds() {
            if (kinds.get(name) != this) {
                return; // forgotten
            }
            if (untold == 0) {
                kinds.remove(name);
                return;
            }
            long times = untold;
            untold = 0;
            newest.write(times);
            watch();
        }
    }

    private final Timer timer;
    private final Map<String, Kind> kinds = new HashMap<>();

    public Repeats(Timer timer) {
        this.timer = timer;
    }

    /** It happened, once more or for the first time. The line is written now, or it is kept for the end of the interval if none newer comes. */
    public void happened(String kind, Line line) {
        String name = kinds.size() < MOST_KINDS ? kind : kinds.containsKey(kind) ? kind : OTHERS;
        Kind known = kinds.get(name);
        if (known != null) {
            known.untold++;
            known.newest = line;
            return;
        }
        Kind fresh = new Kind(name);
        kinds.put(name, fresh);
        line.write(1);
        fresh.watch();
    }

    /** It is over: what comes next of any kind is the first, and what was not told is told by whoever says that it is over. */
    public void forget() {
        kinds.clear();
    }
}
