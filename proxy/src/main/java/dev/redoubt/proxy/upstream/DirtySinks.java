package dev.redoubt.proxy.upstream;

import java.util.ArrayList;
import java.util.List;

/** Clients that were given replies and whose sockets are still to be flushed: once each, however many replies they got. Confined to the lane. */
public final class DirtySinks {
    /** Whoever has output to flush. */
    public interface Flushable {
        void flushOutput();
    }

    private final List<Flushable> sinks = new ArrayList<>();

    /** Flush that one, soon; it must not be added twice before it is flushed. */
    public void add(Flushable sink) {
        sinks.add(sink);
    }

    /** Flushes all. */
    public void flush() {
        for (int i = 0; i < sinks.size(); i++) {
            sinks.get(i).flushOutput();
        }
        sinks.clear();
    }
}
