package dev.redoubt.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What all clients say, in order. Immutable.
 *
 * @param together whether clients, each with its own keys, talk at the same time; else they take turns and share the keys
 */
record Play(boolean together, List<Step> steps) {
    Play with(List<Step> fewer) {
        return new Play(together, fewer);
    }

    List<List<Step>> byClient() {
        TreeMap<Integer, List<Step>> clients = new TreeMap<>();
        steps.forEach(step -> clients.computeIfAbsent(step.client(), none -> new ArrayList<>())
                .add(step));
        return List.copyOf(clients.values());
    }

    @Override
    public String toString() {
        return (together ? "clients at the same time:\n  " : "clients in turns:\n  ")
                + String.join("\n  ", steps.stream().map(Step::toString).toList());
    }
}
