package dev.redoubt.it.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out of a play what its difference does not need, until nothing can go or the time is over. Confined to one thread. */
final class Shrinker {
    private final Predicate<Play> differs;
    private final long end;

    Shrinker(Predicate<Play> differs, Duration budget) {
        this.differs = differs;
        this.end = System.nanoTime() + budget.toNanos();
    }

    Play shrink(Play play) {
        Play smaller = play;
        int before;
        do {
            before = size(smaller);
            smaller = smaller.with(fewer(smaller.steps(), smaller::with));
            smaller = fewerRequests(smaller);
        } while (size(smaller) < before && hasTime());
        return smaller;
    }

    private static int size(Play play) {
        return play.steps().stream()
                .mapToInt(step -> 1 + step.requests().size())
                .sum();
    }

    private Play fewerRequests(Play play) {
        Play smaller = play;
        for (int i = 0; i < smaller.steps().size() && hasTime(); i++) {
            Play now = smaller;
            int index = i;
            List<Request> fewer = fewer(
                    now.steps().get(index).requests(), requests -> now.with(replaced(now.steps(), index, requests)));
            smaller = now.with(replaced(now.steps(), index, fewer));
        }
        return smaller;
    }

    private static List<Step> replaced(List<Step> steps, int index, List<Request> requests) {
        List<Step> changed = new ArrayList<>(steps);
        changed.set(index, steps.get(index).with(requests));
        return changed;
    }

    private interface Rebuild<T> {
        Play with(List<T> elements);
    }

    /** Tries to do without halves, quarters, ... and single elements, later ones first. */
    private <T> List<T> fewer(List<T> elements, Rebuild<T> rebuild) {
        List<T> kept = elements;
        for (int chunk = Math.max(1, kept.size() / 2); chunk > 0; chunk /= 2) {
            for (int from = kept.size() - chunk; from > -chunk && hasTime(); from -= chunk) {
                List<T> candidate = new ArrayList<>(kept.subList(0, Math.max(0, from)));
                candidate.addAll(kept.subList(Math.min(kept.size(), from + chunk), kept.size()));
                if (candidate.size() < kept.size() && differs.test(rebuild.with(candidate))) {
                    kept = candidate;
                }
            }
        }
        return kept;
    }

    private boolean hasTime() {
        return System.nanoTime() < end;
    }
}
