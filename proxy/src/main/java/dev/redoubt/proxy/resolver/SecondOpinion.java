package dev.redoubt.proxy.resolver;

import java.util.function.Consumer;

/** Asks a second one where the first has no address. If neither has, the first one's reason stands. Thread-safe. */
final class SecondOpinion implements Lookup {
    private final Lookup first;
    private final Lookup second;

    SecondOpinion(Lookup first, Lookup second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void start(String host, Consumer<Answer> whenDone) {
        first.start(host, answer -> {
            if (answer instanceof Answer.Found) {
                whenDone.accept(answer);
            } else {
                second.start(host, other -> whenDone.accept(other instanceof Answer.Found ? other : answer));
            }
        });
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
