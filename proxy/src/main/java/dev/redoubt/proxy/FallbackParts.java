package dev.redoubt.proxy;

import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.config.ConflictNames;
import dev.redoubt.proxy.config.FallbackProfile;
import dev.redoubt.proxy.config.FallbackSettings;
import dev.redoubt.proxy.config.JournalFsync;
import dev.redoubt.proxy.config.JournalSettings;
import dev.redoubt.proxy.config.RecorderSettings;
import dev.redoubt.proxy.config.RecoverySet;
import dev.redoubt.proxy.config.Settings;
import dev.redoubt.proxy.fallback.FallbackStats;
import dev.redoubt.proxy.fallback.FlightRecorder;
import dev.redoubt.proxy.fallback.MemoryStore;
import dev.redoubt.proxy.fallback.RecorderStats;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.status.Gauge;
import dev.redoubt.proxy.status.Gauges;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The memory fallback's parts, put together. Confined to the lane. */
record FallbackParts(
        MemoryStore store,
        FlightRecorder recorder,
        OutageMemory memory,
        @Nullable KeptJournal kept) {
    private static final int SMALLEST_RECORDER_BYTES = 1 << 20;

    /**
     * @param flush sends what clients were given
     * @throws IOException if the journal on disk cannot be used
     */
    static FallbackParts of(Settings settings, Lane lane, CommandTable table, Runnable flush) throws IOException {
        FallbackSettings fallback = settings.fallback();
        dev.redoubt.proxy.fallback.FallbackSettings own = translate(fallback);
        FlightRecorder recorder = new FlightRecorder(own, lane.clock(), new KeysOf(table));
        MemoryStore store = new MemoryStore(own, lane.clock(), lane.random(), recorder);
        KeptJournal kept = keep(fallback.journal(), lane, store, flush);
        boolean mayBeTheTruth = mayBeTheTruth(settings) && !(kept != null && store.knowsOfARedis());
        OutageMemory memory = new OutageMemory(lane, store, recorder, table, mayBeTheTruth, fallback.leaveAfter());
        if (kept != null) {
            memory.keepIn(kept);
        }
        return new FallbackParts(store, recorder, memory, kept);
    }

    private static @Nullable KeptJournal keep(JournalSettings journal, Lane lane, MemoryStore store, Runnable flush)
            throws IOException {
        Path directory = journal.dir();
        return directory == null
                ? null
                : new KeptJournal(lane, store, directory, journal.fsync() == JournalFsync.ALWAYS, flush);
    }

    /** Begins what has threads of its own. */
    void start() {
        recorder.start();
        if (kept != null) {
            kept.start();
        }
    }

    /** The clients are gone; on the lane. */
    void close() {
        if (kept != null) {
            kept.dropOwed();
        }
    }

    /** Ends the threads; what is left for the disk is written first. */
    void release() {
        recorder.close();
        if (kept != null) {
            kept.close();
        }
    }

    /** A Redis that somebody named has data of its own: what it would say to those who must not be told nil, nobody knows. */
    private static boolean mayBeTheTruth(Settings settings) {
        return settings.upstream().disabled()
                || !settings.upstream().explicit()
                || settings.fallback().profile() == FallbackProfile.CACHE;
    }

    private static dev.redoubt.proxy.fallback.FallbackSettings translate(FallbackSettings settings) {
        JournalSettings journal = settings.journal();
        RecorderSettings recorder = settings.recorder();
        return new dev.redoubt.proxy.fallback.FallbackSettings.Builder()
                .known(settings.maxBytes(), (int) settings.maxValueBytes())
                .rules(settings.rules())
                .keys(settings.keys())
                .journal(journal.maxBytes(), journal.maxEntries(), journal.maxAge())
                .recovery(recovery(settings.recoverySet()), settings.conflicts() == ConflictNames.NAMES)
                .recorder(
                        (int) Math.max(SMALLEST_RECORDER_BYTES, recorder.maxBytes()),
                        Math.max(1, recorder.cpuPercent()))
                .build();
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
                .set(Gauge.JOURNAL_FILE_BYTES, kept == null ? 0 : kept.fileBytes())
                .set(Gauge.FALLBACK_OLDEST_MILLIS, memory.oldestGivenMillis())
                .set(Gauge.KNOWN_VALUES, recorded.knownEntries())
                .set(Gauge.KNOWN_BYTES, recorded.knownBytes())
                .set(Gauge.RECORDER_LAG_BYTES, recorded.unreadBytes());
    }

    void report(Counters counters) {
        FallbackStats memory = store.stats();
        counters.add(Counter.FALLBACK_HITS, memory.hits());
        counters.add(Counter.FALLBACK_MISSES, memory.misses());
        counters.add(Counter.FALLBACK_WRITES, memory.writes());
        counters.add(Counter.FALLBACK_REFUSED, memory.held());
        counters.add(Counter.JOURNAL_REPLAYED, memory.replayed());
        counters.add(Counter.JOURNAL_CONFLICTS, memory.conflicts());
        counters.add(Counter.JOURNAL_FULL, memory.refused());
        counters.add(Counter.JOURNAL_SYNCS, kept == null ? 0 : kept.syncs());
        counters.add(Counter.LOCKS_GRANTED, memory.locks().granted());
        counters.add(Counter.LOCKS_DENIED, memory.locks().denied());
        counters.add(Counter.LOCKS_UNASKED, memory.locks().unasked());
        counters.add(Counter.LOCK_CLASHES, memory.locks().clashes());
        counters.add(Counter.RECORDER_SKIPPED_BYTES, recorder.stats().lostBytes());
    }
}
