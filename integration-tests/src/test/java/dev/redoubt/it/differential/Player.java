package dev.redoubt.it.differential;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Plays a play on both sides, and throws the first {@link Difference}. */
final class Player {
    private static final Executor THREADS = command -> new Thread(command, "client").start();

    private final Rig rig;
    private final Duration patience;
    private final boolean afresh;

    /**
     * @param patience how long a reply may take that Redis has given
     * @param afresh whether no play finds leased connections that an earlier one has used
     */
    Player(Rig rig, Duration patience, boolean afresh) {
        this.afresh = afresh;
        this.rig = rig;
        this.patience = patience;
    }

    void play(Play play) {
        rig.clear();
        if (afresh) {
            rig.endLeases();
        }
        if (play.together()) {
            playTogether(play.byClient());
        } else {
            new InTurns().play(play.steps());
        }
        rig.compareData();
        rig.checkConnections(patience);
    }

    private void playTogether(List<List<Step>> clients) {
        List<CompletableFuture<Void>> talks = clients.stream()
                .map(steps -> CompletableFuture.runAsync(() -> new InTurns().play(steps), THREADS))
                .toList();
        try {
            CompletableFuture.allOf(talks.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Clients of which one at a time does something. */
    private final class InTurns {
        private final Map<Integer, Pair> clients = new TreeMap<>();

        void play(List<Step> steps) {
            try (Watcher redis = rig.watchRedis();
                    Watcher behindProxy = rig.watchBehindProxy()) {
                for (Step step : steps) {
                    play(step);
                    if (step.kind() != Step.Kind.CALL || isAnyoneWaiting()) {
                        settle(step, redis, behindProxy);
                    }
                }
                clients.values().forEach(Pair::finish);
            } finally {
                clients.values().forEach(Pair::close);
            }
        }

        private void play(Step step) {
            Pair client = step.requests().isEmpty()
                    ? clients.get(step.client())
                    : clients.computeIfAbsent(step.client(), number -> rig.connect(patience));
            if (client == null) {
                return;
            }
            if (!step.requests().isEmpty()) {
                client.send(step);
            }
            switch (step.kind()) {
                case BLOCK -> {}
                case CALL -> {
                    client.read();
                    if (client.hasEnded()) {
                        clients.remove(step.client()).close();
                    }
                }
                case RESET -> clients.remove(step.client()).reset();
                case LEAVE -> clients.remove(step.client()).close();
            }
        }

        private boolean isAnyoneWaiting() {
            return clients.values().stream().anyMatch(Pair::isWaitingForRedis);
        }

        /** Returns when every client without a reply is one that Redis keeps waiting: before that, what comes next could overtake. */
        private void settle(Step step, Watcher redis, Watcher behindProxy) {
            if (!settles(redis, Pair::isWaitingForRedis)) {
                throw new IllegalStateException("the test does not know who is waiting after " + step);
            }
            if (!settles(behindProxy, Pair::isWaitingForProxy)) {
                throw new Difference(
                        step + "\n    Redis keeps as many clients waiting as wait for replies, behind the proxy not");
            }
        }

        private boolean settles(Watcher watcher, Predicate<Pair> isWaiting) {
            ToIntFunction<Map<Integer, Pair>> waiting =
                    all -> (int) all.values().stream().filter(isWaiting).count();
            long end = System.nanoTime() + patience.toNanos();
            while (watcher.blocked() != waiting.applyAsInt(clients)) {
                if (System.nanoTime() > end) {
                    return false;
                }
                Thread.onSpinWait();
            }
            return true;
        }
    }
}
