package dev.redoubt.proxy.fallback;

import java.util.Collections;
import java.util.List;

/**
 * What Redis is to be told about one list. Immutable.
 *
 * @param left what is pushed there, in that order
 * @param right the same
 * @param onlyIfNoKey nothing is done where there is a key
 * @param acceptsNoKey two who push do not contradict each other, so this is so unless its time has passed
 * @param sent what of the entry's pushes this is
 */
record ListPlan(
        List<byte[]> left,
        List<byte[]> right,
        boolean clears,
        boolean onlyIfNoKey,
        boolean acceptsNoKey,
        ListPushes sent)
        implements CompoundPlan {
    static ListPlan of(JournalEntry entry, ListValue list, boolean isGone) {
        ListPushes pushes = entry.listPushes();
        int size = list.size();
        if (pushes.replacesAll() || entry.isBeforeUpstream()) {
            return new ListPlan(
                    List.of(), list.slice(0, size), pushes.replacesAll(), entry.isBeforeUpstream(), true, pushes);
        }
        List<byte[]> left = list.slice(0, pushes.left());
        Collections.reverse(left);
        return new ListPlan(left, list.slice(size - pushes.right(), size), false, false, !isGone, pushes);
    }

    @Override
    public boolean adds() {
        return !clears && !onlyIfNoKey && !(left.isEmpty() && right.isEmpty());
    }

    boolean allows(boolean isThere) {
        return isThere ? clears || !onlyIfNoKey : acceptsNoKey;
    }
}
