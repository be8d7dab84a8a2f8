package dev.redoubt.proxy;

import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.config.FallbackSettings;
import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.config.RecoverySet;
import dev.redoubt.proxy.fallback.FallbackStats;
import dev.redoubt.proxy.fallback.FlightRecorder;
import dev.redoubt.proxy.fallback.MemoryStore;
import dev.redoubt.proxy.fallback.RecorderStats;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.status.Gauge;
import dev.redoubt.proxy.status.Gauges;

/** The memory fallback's parts, put together. Confined to the lane. */
record FallbackParts(MemoryStore store, FlightRecorder recorder, OutageMemory memory) {
    private static final int SMALLEST_RECORDER_BYTES = 1 << 20;

    static FallbackParts of(FallbackSettings settings, Lane lane, CommandTable table) {
        dev.redoubt.proxy.fallback.FallbackSettings own = translate(settings);
        FlightRecorder recorder = new FlightRecorder(own, lane.clock(), new KeysOf(table));
        MemoryStore store = new MemoryStore(own, lane.clock(), lane.random(), recorder);
        return new FallbackParts(store, recorder, new OutageMemory(lane, store, recorder, table));
    }

    private static dev.redoubt.proxy.fallback.FallbackSettings translate(FallbackSettings settings) {
        return new dev.redoubt.proxy.fallback.FallbackSettings(
                true,
                settings.maxBytes(),
                (int) settings.maxValueBytes(),
                settings.maxStale(),
                onMiss(settings.onMiss()),
                settings.keys(),
                settings.journal().maxBytes(),
                settings.journal().maxEntries(),
                recovery(settings.recoverySet()),
                (int) Math.max(SMALLEST_RECORDER_BYTES, settings.recorder().maxBytes()),
                Math.max(1, settings.recorder().cpuPercent()));
    }

    private static dev.redoubt.proxy.fallback.FallbackSettings.OnMiss onMiss(OnMiss onMiss) {
        return switch (onMiss) {
            case NIL -> dev.redoubt.proxy.fallback.FallbackSettings.OnMiss.NIL;
            case HOLD -> dev.redoubt.proxy.fallback.FallbackSettings.OnMiss.HOLD;
            case ERROR -> dev.redoubt.proxy.fallback.FallbackSettings.OnMiss.ERROR;
        };
    }

    private static dev.redoubt.proxy.fallback.FallbackSettings.Recovery recovery(RecoverySet recovery) {
        return switch (recovery) {
            case REPLAY_IF_UNCHANGED -> dev.redoubt.proxy.fallback.FallbackSettings.Recovery.REPLAY_IF_UNCHANGED;
            case LAST_WRITER_WINS -> dev.redoubt.proxy.fallback.FallbackSettings.Recovery.LAST_WRITER_WINS;
            case UPSTREAM_WINS -> dev.redoubt.proxy.fallback.FallbackSettings.Recovery.UPSTREAM_WINS;
        };
    }

    void report(Gauges gauges) {
        FallbackStats memory = store.stats();
        RecorderStats recorded = recorder.stats();
        gauges.set(Gauge.JOURNAL_ENTRIES, memory.journalEntries())
                .set(Gauge.JOURNAL_BYTES, memory.journalBytes())
                .set(Gauge.KNOWN_VALUES, recorded.knownEntries())
                .set(Gauge.KNOWN_BYTES, recorded.knownBytes())
                .set(Gauge.RECORDER_LAG_BYTES, recorded.unreadBytes());
    }

    void report(Counters counters) {
        FallbackStats memory = store.stats();
        counters.add(Counter.FALLBACK_HITS, memory.hits());
        counters.add(Counter.FALLBACK_MISSES, memory.misses());
        counters.add(Counter.FALLBACK_REFUSED, memory.held());
        counters.add(Counter.JOURNAL_REPLAYED, memory.replayed());
        counters.add(Counter.JOURNAL_CONFLICTS, memory.conflicts());
        counters.add(Counter.JOURNAL_FULL, memory.refused());
        counters.add(Counter.RECORDER_SKIPPED_BYTES, recorder.stats().lostBytes());
    }
}
