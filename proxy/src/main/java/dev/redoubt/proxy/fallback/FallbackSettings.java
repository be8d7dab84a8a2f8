package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.config.FallbackRule;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the memory fallback may do. Immutable.
 *
 * @param enabled false: nothing is recorded and nothing is answered
 * @param maxKnownBytes the known values' weight: keys, values and overhead
 * @param largestKnownValueBytes values above this are not kept
 * @param rules what memory may do with a key while an upstream that was seen is away: the first that matches decides, the last
 *     matches every key. Not looked at while no upstream has ever been seen
 * @param keyPatterns glob patterns, as KEYS has them, of the keys that may use the fallback; a key of any match may
 * @param journalMaxBytes the journal's weight: keys, values, what was seen upstream, overhead
 * @param journalMaxEntries keys in the journal
 * @param journalMaxAge how old the oldest entry may be before writes are refused; null: any age
 * @param recovery what becomes of acknowledged writes when Redis returns
 * @param namesConflicts whether conflicts are kept by their keys; else by hashes of them
 * @param recorderBytes the flight recorder's ring
 * @param recorderCpuPercent what turning records into known values may use, in percent of one core
 */
public record FallbackSettings(
        boolean enabled,
        long maxKnownBytes,
        int largestKnownValueBytes,
        List<FallbackRule> rules,
        List<String> keyPatterns,
        long journalMaxBytes,
        int journalMaxEntries,
        @Nullable Duration journalMaxAge,
        Recovery recovery,
        boolean namesConflicts,
        int recorderBytes,
        int recorderCpuPercent) {

    /** What every setting is when nobody says otherwise. */
    public static final FallbackSettings DEFAULTS = new Builder().build();

    /** Whose value stands when Redis returns. Deletes are replayed under all three. */
    public enum Recovery {
        /** Ours, where Redis still holds what was last seen there; a key never seen only where Redis has none. */
        REPLAY_IF_UNCHANGED,
        /** Ours. */
        LAST_WRITER_WINS,
        /** Redis's: ours goes only to keys that Redis does not have. */
        UPSTREAM_WINS
    }

    public FallbackSettings {
        rules = List.copyOf(rules);
        keyPatterns = List.copyOf(keyPatterns);
        require(maxKnownBytes >= 0, "maxKnownBytes", maxKnownBytes);
        require(largestKnownValueBytes >= 0, "largestKnownValueBytes", largestKnownValueBytes);
        require(journalMaxBytes >= 0, "journalMaxBytes", journalMaxBytes);
        require(journalMaxEntries >= 0, "journalMaxEntries", journalMaxEntries);
        require(recorderBytes >= FlightRecorder.SMALLEST_RING_BYTES, "recorderBytes", recorderBytes);
        require(recorderCpuPercent >= 1 && recorderCpuPercent <= 100, "recorderCpuPercent", recorderCpuPercent);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " cannot be " + value);
        }
    }

    /** Collects what differs from the defaults. Used once, by one thread. */
    public static final class Builder {
        private boolean enabled = true;
        private long maxKnownBytes = 64L << 20;
        private int largestKnownValueBytes = 64 << 10;
        private List<FallbackRule> rules = List.of(FallbackRule.cache());
        private List<String> keyPatterns = List.of("*");
        private long journalMaxBytes = 64L << 20;
        private int journalMaxEntries = 500_000;
        private @Nullable Duration journalMaxAge;
        private Recovery recovery = Recovery.REPLAY_IF_UNCHANGED;
        private boolean namesConflicts;
        private int recorderBytes = 16 << 20;
        private int recorderCpuPercent = 5;

        public Builder disabled() {
            enabled = false;
            return this;
        }

        public Builder known(long maxBytes, int largestValueBytes) {
            maxKnownBytes = maxBytes;
            largestKnownValueBytes = largestValueBytes;
            return this;
        }

        public Builder rules(FallbackRule... given) {
            return rules(List.of(given));
        }

        public Builder rules(List<FallbackRule> given) {
            rules = given;
            return this;
        }

        public Builder keys(List<String> patterns) {
            keyPatterns = patterns;
            return this;
        }

        public Builder journal(long maxBytes, int maxEntries, @Nullable Duration maxAge) {
            journalMaxBytes = maxBytes;
            journalMaxEntries = maxEntries;
            journalMaxAge = maxAge;
            return this;
        }

        public Builder recovery(Recovery given, boolean namingConflicts) {
            recovery = given;
            namesConflicts = namingConflicts;
            return this;
        }

        public Builder recorder(int bytes, int cpuPercent) {
            recorderBytes = bytes;
            recorderCpuPercent = cpuPercent;
            return this;
        }

        public FallbackSettings build() {
            return new FallbackSettings(
                    enabled,
                    maxKnownBytes,
                    largestKnownValueBytes,
                    rules,
                    keyPatterns,
                    journalMaxBytes,
                    journalMaxEntries,
                    journalMaxAge,
                    recovery,
                    namesConflicts,
                    recorderBytes,
                    recorderCpuPercent);
        }
    }
}
