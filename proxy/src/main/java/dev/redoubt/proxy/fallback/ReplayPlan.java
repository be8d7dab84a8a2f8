package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Redis is to be told about one journal entry, and what must hold there first. Immutable; a pure function of the entry,
 * the settings and the time.
 *
 * @param value what to SET; null for the other two
 * @param expiryMillis absolute; {@link Expiry#NONE} clears it; {@link Expiry#UNKNOWN} leaves it as it is
 * @param condition what Redis must hold
 * @param accepted values that count as unchanged
 * @param acceptsAbsent whether an absent key counts as unchanged
 */
record ReplayPlan(
        Action action,
        byte @Nullable [] value,
        long expiryMillis,
        Condition condition,
        List<byte[]> accepted,
        boolean acceptsAbsent) {

    enum Action {
        SET,
        /** The value stays, its expiry changes; nothing to do if the key is gone. */
        EXPIRE,
        DELETE
    }

    enum Condition {
        /** Whatever the type. */
        NONE,
        ANY_STRING,
        ACCEPTED_STRING
    }

    /** @param upstreamLostItsData an absent key there says nothing about what other writers did */
    static ReplayPlan of(JournalEntry entry, Recovery recovery, boolean upstreamLostItsData, long nowMillis) {
        if (entry.isDeleted()) {
            return new ReplayPlan(Action.DELETE, null, Expiry.NONE, Condition.NONE, List.of(), true);
        }
        Action action = actionFor(entry, nowMillis);
        byte[] value = action == Action.SET ? entry.value() : null;
        long expiry = action == Action.DELETE ? Expiry.NONE : entry.expiryMillis();
        if (recovery == Recovery.LAST_WRITER_WINS && !entry.isBeforeUpstream()) {
            return new ReplayPlan(action, value, expiry, Condition.ANY_STRING, List.of(), true);
        }
        boolean onlyIfAbsent = recovery == Recovery.UPSTREAM_WINS || entry.isBeforeUpstream();
        return new ReplayPlan(
                action,
                value,
                expiry,
                Condition.ACCEPTED_STRING,
                accepted(entry, value, onlyIfAbsent),
                onlyIfAbsent || upstreamLostItsData || mayBeAbsent(entry, nowMillis));
    }

    /** A write whose time passed while Redis was away must still make the old value go. */
    private static Action actionFor(JournalEntry entry, long nowMillis) {
        if (!entry.exists() || Expiry.hasPassed(entry.expiryMillis(), nowMillis)) {
            return Action.DELETE;
        }
        return entry.isValueWritten() ? Action.SET : Action.EXPIRE;
    }

    /** Our own value counts as unchanged: it may have arrived by a connection that was lost. */
    private static List<byte[]> accepted(JournalEntry entry, byte @Nullable [] own, boolean onlyIfAbsent) {
        List<byte[]> accepted = new ArrayList<>();
        if (own != null && !entry.isBeforeUpstream()) {
            accepted.add(own);
        }
        if (!onlyIfAbsent && entry.seen() instanceof Seen.Value seen) {
            accepted.add(seen.bytes());
        }
        for (Seen sent : entry.inDoubt()) {
            if (sent instanceof Seen.Value sentValue) {
                accepted.add(sentValue.bytes());
            }
        }
        return accepted;
    }

    private static boolean mayBeAbsent(JournalEntry entry, long nowMillis) {
        return isGone(entry.seen(), nowMillis) || entry.inDoubt().stream().anyMatch(sent -> isGone(sent, nowMillis));
    }

    private static boolean isGone(Seen state, long nowMillis) {
        return !(state instanceof Seen.Value value && !Expiry.hasPassed(value.expiryMillis(), nowMillis));
    }

    /** Whether the plan may be carried out where Redis holds this string; null: no key. */
    boolean allows(byte @Nullable [] current) {
        if (current == null) {
            return acceptsAbsent;
        }
        return condition != Condition.ACCEPTED_STRING
                || accepted.stream().anyMatch(value -> Arrays.equals(value, current));
    }

    /** What Redis holds once it is carried out. */
    Seen result(JournalEntry entry) {
        byte[] bytes = entry.value();
        return action == Action.DELETE || bytes == null ? Seen.ABSENT : new Seen.Value(bytes, expiryMillis);
    }
}
