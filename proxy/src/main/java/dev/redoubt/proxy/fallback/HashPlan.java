package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Redis is to be told about one hash: all of its changes, or none if one of them meets somebody else's. Immutable.
 *
 * @param clears the key goes first, whatever it holds
 * @param onlyIfNoKey nothing is done where there is a key
 * @param acceptsNoKey whether a key that is not there counts as unchanged
 */
record HashPlan(List<Field> fields, boolean clears, boolean onlyIfNoKey, boolean acceptsNoKey) {

    /**
     * One field.
     *
     * @param value null: it is deleted
     * @param acceptsAny whatever Redis holds in it
     * @param acceptsAbsent its not being there counts as unchanged
     * @param accepted values that do
     */
    record Field(
            StoreKey name, byte @Nullable [] value, boolean acceptsAny, boolean acceptsAbsent, List<byte[]> accepted) {
        boolean allows(byte @Nullable [] current) {
            if (acceptsAny || value == null || Arrays.equals(value, current)) {
                return true;
            }
            return current == null ? acceptsAbsent : accepted.stream().anyMatch(each -> Arrays.equals(each, current));
        }
    }

    static HashPlan of(JournalEntry entry, HashValue hash, Recovery recovery, boolean upstreamLostItsData) {
        HashChanges changes = entry.hashChanges();
        boolean all = changes.replacesAll() || entry.isBeforeUpstream() || upstreamLostItsData && hash.isWhole();
        boolean any = recovery == Recovery.LAST_WRITER_WINS || upstreamLostItsData || changes.replacesAll();
        List<Field> fields = new ArrayList<>();
        if (all) {
            hash.forEach((name, value) -> fields.add(field(name, value, changes, recovery, any)));
        } else {
            changes.fields().keySet().forEach(name -> fields.add(field(name, hash.get(name), changes, recovery, any)));
        }
        boolean sawNone = !(entry.seen() instanceof Seen.Hash);
        boolean deletesOnly = fields.stream().allMatch(field -> field.value() == null);
        boolean acceptsNoKey = sawNone || any || deletesOnly || recovery == Recovery.UPSTREAM_WINS;
        return new HashPlan(fields, changes.replacesAll(), entry.isBeforeUpstream(), acceptsNoKey);
    }

    private static Field field(
            StoreKey name, byte @Nullable [] value, HashChanges changes, Recovery recovery, boolean any) {
        HashChanges.Expected expected = changes.fields().get(name);
        if (expected == null || recovery == Recovery.UPSTREAM_WINS) {
            return new Field(name, value, any && expected == null, true, List.of());
        }
        return new Field(name, value, any, expected.absent(), List.copyOf(expected.values()));
    }

    /** @param current what Redis holds; null: no key */
    boolean allows(@Nullable Map<StoreKey, byte[]> current) {
        if (clears || current == null) {
            return clears || acceptsNoKey;
        }
        return !onlyIfNoKey && fields.stream().allMatch(field -> field.allows(current.get(field.name())));
    }
}
