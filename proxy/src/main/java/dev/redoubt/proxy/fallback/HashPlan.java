package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Redis is to be told about one hash, or one set: all of its changes, or none if one of them meets somebody else's. Immutable.
 *
 * @param clears the key goes first, whatever it holds
 * @param onlyIfNoKey nothing is done where there is a key
 * @param acceptsNoKey whether a key that is not there counts as unchanged
 */
record HashPlan(HashValue.Type type, List<Field> fields, boolean clears, boolean onlyIfNoKey, boolean acceptsNoKey)
        implements CompoundPlan {

    /**
     * One field.
     *
     * @param value null: it is deleted; not looked at where something is added
     * @param increment what is added to whatever number Redis holds in it; null: it is set or deleted
     * @param base what is put there first if it is absent; only with an increment
     * @param acceptsAny whatever Redis holds in it
     * @param acceptsAbsent its not being there counts as unchanged
     * @param accepted values that do
     */
    record Field(
            StoreKey name,
            byte @Nullable [] value,
            boolean acceptsAny,
            boolean acceptsAbsent,
            List<byte[]> accepted,
            @Nullable Long increment,
            byte @Nullable [] base) {
        private static Field state(
                StoreKey name, byte @Nullable [] value, boolean any, boolean absent, List<byte[]> accepted) {
            return new Field(name, value, any, absent, accepted, null, null);
        }

        boolean allows(byte @Nullable [] current) {
            if (increment != null) {
                return current == null || Numbers.isLong(current) && current.length <= LONGEST_NUMBER;
            }
            if (acceptsAny || value == null || Arrays.equals(value, current)) {
                return true;
            }
            return current == null ? acceptsAbsent : accepted.stream().anyMatch(each -> Arrays.equals(each, current));
        }
    }

    /** To which {@link FieldChange#LARGEST_INCREMENT} can be added; the script of {@link HashReplay} knows it too. */
    static final int LONGEST_NUMBER = 18;

    /** @param isGone its time has passed: only where somebody keeps it longer there is something to change */
    static HashPlan of(
            JournalEntry entry, HashValue hash, Recovery recovery, boolean upstreamLostItsData, boolean isGone) {
        HashChanges changes = entry.hashChanges();
        boolean restoresAll = upstreamLostItsData && hash.isWhole();
        boolean any = recovery == Recovery.LAST_WRITER_WINS || upstreamLostItsData || changes.replacesAll();
        List<Field> fields = new ArrayList<>();
        if (changes.replacesAll() || entry.isBeforeUpstream()) {
            hash.forEach((name, value) -> fields.add(state(name, value, changes, recovery, any)));
        } else {
            changes.forEachDue((name, expected) -> {
                Long increment = expected.increment();
                fields.add(
                        increment == null
                                ? state(name, hash.get(name), changes, recovery, any)
                                : added(name, hash.get(name), increment, restoresAll && !expected.absent()));
            });
            if (restoresAll) {
                hash.forEach((name, value) -> {
                    if (!changes.isDue(name)) {
                        fields.add(state(name, value, changes, recovery, any));
                    }
                });
            }
        }
        boolean sawNone = !(entry.seen() instanceof Seen.Hash);
        boolean minds = fields.stream().anyMatch(field -> field.value() != null && field.increment() == null);
        boolean acceptsNoKey = !isGone && (sawNone || any || !minds || recovery == Recovery.UPSTREAM_WINS);
        return new HashPlan(hash.type(), fields, changes.replacesAll(), entry.isBeforeUpstream(), acceptsNoKey);
    }

    private static Field state(
            StoreKey name, byte @Nullable [] value, HashChanges changes, Recovery recovery, boolean any) {
        HashChanges.Expected expected = changes.fields().get(name);
        if (expected == null || recovery == Recovery.UPSTREAM_WINS) {
            return Field.state(name, value, any && expected == null, true, List.of());
        }
        return Field.state(name, value, any, expected.absent(), List.copyOf(expected.values()));
    }

    /** @param restores the field is put back first where Redis has lost it */
    private static Field added(StoreKey name, byte @Nullable [] sum, long increment, boolean restores) {
        byte[] base = restores && sum != null && Numbers.isLong(sum)
                ? Numbers.toBytes(Numbers.parseLong(sum) - increment)
                : null;
        return new Field(name, sum, true, true, List.of(), increment, base);
    }

    @Override
    public boolean adds() {
        return fields.stream().anyMatch(field -> field.increment() != null);
    }

    /** @param current what Redis holds; null: no key */
    boolean allows(@Nullable Map<StoreKey, byte[]> current) {
        if (clears || current == null) {
            return clears || acceptsNoKey;
        }
        return !onlyIfNoKey && fields.stream().allMatch(field -> field.allows(current.get(field.name())));
    }
}
