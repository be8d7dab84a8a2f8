package dev.redoubt.proxy.fallback;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the memory fallback may do. Immutable.
 *
 * @param enabled false: nothing is recorded and nothing is answered
 * @param maxKnownBytes the known values' weight: keys, values and overhead
 * @param largestKnownValueBytes values above this are not kept
 * @param maxStale the age at which a known value is no longer served; null: never
 * @param onMiss what a read of a key never seen gets while an upstream that was seen is away
 * @param keyPatterns glob patterns, as KEYS has them, of the keys that may use the fallback; a key of any match may. Not
 *     looked at while no upstream has ever been seen
 * @param journalMaxBytes the journal's weight: keys, values, what was seen upstream, overhead
 * @param journalMaxEntries keys in the journal
 * @param recovery what becomes of acknowledged writes when Redis returns
 * @param recorderBytes the flight recorder's ring
 * @param recorderCpuPercent what turning records into known values may use, in percent of one core
 */
public record FallbackSettings(
        boolean enabled,
        long maxKnownBytes,
        int largestKnownValueBytes,
        @Nullable Duration maxStale,
        OnMiss onMiss,
        List<String> keyPatterns,
        long journalMaxBytes,
        int journalMaxEntries,
        Recovery recovery,
        int recorderBytes,
        int recorderCpuPercent) {

    /** What every setting is when nobody says otherwise. */
    public static final FallbackSettings DEFAULTS = new FallbackSettings(
            true,
            64L << 20,
            64 << 10,
            null,
            OnMiss.NIL,
            List.of("*"),
            64L << 20,
            500_000,
            Recovery.REPLAY_IF_UNCHANGED,
            16 << 20,
            5);

    /** What a read of a key never seen gets. */
    public enum OnMiss {
        /** As if the key did not exist. */
        NIL,
        /** The command waits for Redis. */
        HOLD,
        /** {@code -UNAVAILABLE}. */
        ERROR
    }

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
        keyPatterns = List.copyOf(keyPatterns);
        require(maxKnownBytes >= 0, "maxKnownBytes", maxKnownBytes);
        require(largestKnownValueBytes >= 0, "largestKnownValueBytes", largestKnownValueBytes);
        require(journalMaxBytes >= 0, "journalMaxBytes", journalMaxBytes);
        require(journalMaxEntries >= 0, "journalMaxEntries", journalMaxEntries);
        require(recorderBytes >= FlightRecorder.SMALLEST_RING_BYTES, "recorderBytes", recorderBytes);
        require(recorderCpuPercent >= 1 && recorderCpuPercent <= 100, "recorderCpuPercent", recorderCpuPercent);
        require(maxStale == null || !maxStale.isNegative(), "maxStale", maxStale);
    }

    private static void require(boolean holds, String name, @Nullable Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " cannot be " + value);
        }
    }
}
