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
 * @param increment what to add; only for that action
 * @param compound what to do with what is no string; only for that action
 * @param yields Redis's holding something else is no conflict: nothing of ours is lost by it
 */
record ReplayPlan(
        Action action,
        byte @Nullable [] value,
        long expiryMillis,
        Condition condition,
        List<byte[]> accepted,
        boolean acceptsAbsent,
        long increment,
        @Nullable CompoundPlan compound,
        boolean yields) {

    enum Action {
        SET,
        /** The value stays, its expiry changes; nothing to do if the key is gone. */
        EXPIRE,
        /** To what Redis holds by then; its expiry as given. */
        INCREMENT,
        /** Some of what is no string, or all of it; its expiry as given. */
        COMPOUND,
        DELETE
    }

    enum Condition {
        /** Whatever the type. */
        NONE,
        ANY_STRING,
        ACCEPTED_STRING
    }

    private static ReplayPlan unconditional(Action action, byte @Nullable [] value, long expiryMillis, Condition type) {
        return new ReplayPlan(action, value, expiryMillis, type, List.of(), true, 0, null, false);
    }

    /** @param upstreamLostItsData an absent key there says nothing about what other writers did */
    static ReplayPlan of(JournalEntry entry, Recovery recovery, boolean upstreamLostItsData, long nowMillis) {
        if (entry.isLock()) {
            return ofLock(entry, nowMillis);
        }
        if (entry.isDeleted()) {
            return unconditional(Action.DELETE, null, Expiry.NONE, Condition.NONE);
        }
        Compound compound = entry.compound();
        if (compound != null) {
            boolean isGone = entry.hasEndedBy(nowMillis);
            CompoundPlan plan = compound instanceof HashValue hash
                    ? HashPlan.of(entry, hash, recovery, upstreamLostItsData, isGone)
                    : ListPlan.of(entry, (ListValue) compound, isGone);
            return ofCompound(entry, plan, isGone);
        }
        Action action = actionFor(entry, nowMillis);
        if (action == Action.INCREMENT) {
            return ofIncrement(entry);
        }
        byte[] value = action == Action.SET ? entry.value() : null;
        long expiry = action == Action.DELETE ? Expiry.NONE : entry.expiryMillis();
        if (recovery == Recovery.LAST_WRITER_WINS && !entry.isBeforeUpstream()) {
            return unconditional(action, value, expiry, Condition.ANY_STRING);
        }
        boolean onlyIfAbsent = recovery == Recovery.UPSTREAM_WINS || entry.isBeforeUpstream();
        return new ReplayPlan(
                action,
                value,
                expiry,
                Condition.ACCEPTED_STRING,
                accepted(entry, value, onlyIfAbsent),
                onlyIfAbsent || upstreamLostItsData || mayBeAbsent(entry, nowMillis),
                0,
                null,
                false);
    }

    /**
     * Whoever holds it at Redis keeps it, whatever the settings say, unless that is ourselves or was released here. One that
     * has ended takes only our own traces away.
     */
    private static ReplayPlan ofLock(JournalEntry entry, long nowMillis) {
        boolean isHeld = entry.exists() && !Expiry.hasPassed(entry.expiryMillis(), nowMillis);
        byte[] own = isHeld ? entry.value() : null;
        List<byte[]> accepted = accepted(entry, own, !entry.mayReplaceSeen());
        return new ReplayPlan(
                isHeld ? Action.SET : Action.DELETE,
                own,
                isHeld ? entry.expiryMillis() : Expiry.NONE,
                Condition.ACCEPTED_STRING,
                accepted,
                true,
                0,
                null,
                !isHeld);
    }

    /** Two who add do not contradict each other, so it goes to whatever Redis holds. */
    private static ReplayPlan ofIncrement(JournalEntry entry) {
        Long increment = entry.increment();
        long by = increment == null ? 0 : increment;
        long expiry = entry.isExpiryChanged() ? entry.expiryMillis() : Expiry.UNKNOWN;
        return new ReplayPlan(Action.INCREMENT, null, expiry, Condition.ANY_STRING, List.of(), true, by, null, false);
    }

    /** One whose time has passed goes with it: the expiry in the past takes the key away. */
    private static ReplayPlan ofCompound(JournalEntry entry, CompoundPlan plan, boolean yields) {
        long expiry = entry.isExpiryChanged() || plan.clears() || entry.isBeforeUpstream()
                ? entry.expiryMillis()
                : Expiry.UNKNOWN;
        return new ReplayPlan(
                Action.COMPOUND,
                null,
                expiry,
                Condition.ACCEPTED_STRING,
                List.of(),
                plan.acceptsNoKey(),
                0,
                plan,
                yields);
    }

    /** A write whose time passed while Redis was away must still make the old value go. */
    private static Action actionFor(JournalEntry entry, long nowMillis) {
        if (!entry.exists() || Expiry.hasPassed(entry.expiryMillis(), nowMillis)) {
            return Action.DELETE;
        }
        if (entry.increment() != null && !entry.isBeforeUpstream()) {
            return Action.INCREMENT;
        }
        return entry.isValueWritten() ? Action.SET : Action.EXPIRE;
    }

    /** Our own value counts as unchanged: it may have arrived by a connection that was lost. */
    private static List<byte[]> accepted(JournalEntry entry, byte @Nullable [] own, boolean onlyIfAbsent) {
        List<byte[]> accepted = new ArrayList<>();
        if (own != null && (entry.isLock() || !entry.isBeforeUpstream())) {
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

    /** Whether there is nothing to do where there is no key. */
    boolean needsKey() {
        return action == Action.DELETE || action == Action.EXPIRE;
    }

    /** Whether the plan may be carried out where Redis holds this string; null: no key. */
    boolean allows(byte @Nullable [] current) {
        if (current == null) {
            return acceptsAbsent;
        }
        return condition != Condition.ACCEPTED_STRING
                || accepted.stream().anyMatch(value -> Arrays.equals(value, current));
    }

    /** Whether a second run would add once more. */
    boolean adds() {
        return action == Action.INCREMENT || compound != null && compound.adds();
    }

    /** What Redis holds once it is carried out. */
    Seen result(JournalEntry entry) {
        byte[] bytes = entry.value();
        return action == Action.DELETE || bytes == null ? Seen.ABSENT : new Seen.Value(bytes, expiryMillis);
    }
}
