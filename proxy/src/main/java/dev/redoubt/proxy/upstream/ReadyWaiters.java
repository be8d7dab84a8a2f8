package dev.redoubt.proxy.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who waits to hear whether a connection can be had at all. Confined to the lane. */
final class ReadyWaiters {
    private final List<Consumer<@Nullable String>> waiting = new ArrayList<>();

    void add(Consumer<@Nullable String> task) {
        waiting.add(task);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** @param error null: it can */
    void tell(@Nullable String error) {
        List<Consumer<@Nullable String>> tasks = List.copyOf(waiting);
        waiting.clear();
        tasks.forEach(task -> task.accept(error));
    }
}
