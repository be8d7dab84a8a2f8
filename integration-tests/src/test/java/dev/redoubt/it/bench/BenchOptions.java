package dev.redoubt.it.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run of the bench is to do. Immutable; {@link OptionParser} makes it from a command line.
 *
 * @param variants the ways to start Redoubt
 * @param running endpoints that run already
 * @param redis a Redis that runs already, instead of one of the bench's own
 */
record BenchOptions(
        List<BenchCase> cases,
        int rounds,
        int warmupRounds,
        Duration timeLimit,
        Set<Part> parts,
        Set<String> skipped,
        List<Variant> variants,
        List<Endpoint> running,
        Optional<Endpoint> redis,
        boolean write) {

    /** Fewer rounds than this do not go into the documentation. */
    static final int ROUNDS_WORTH_WRITING = 9;

    private static final int CLIENTS_OF_FALLBACK = 50;

    enum Part {
        LOAD,
        SESSIONS,
        PUBSUB,
        TLS,
        FAIRNESS,
        FALLBACK,
        FOOTPRINT,
        AGENT,
        PROFILE;

        /** Whether it is made of rounds of cases. */
        boolean isLoad() {
            return this == LOAD || this == SESSIONS || this == PUBSUB || this == TLS;
        }
    }

    BenchOptions {
        cases = List.copyOf(cases);
        parts = Set.copyOf(parts);
        skipped = Set.copyOf(skipped);
        variants = List.copyOf(variants);
        running = List.copyOf(running);
        if (rounds < 1 || warmupRounds < 0 || timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("a run needs a round and some time at least");
        }
        if (write && parts.stream().anyMatch(Part::isLoad) && rounds < ROUNDS_WORTH_WRITING) {
            throw new IllegalArgumentException("--write needs " + ROUNDS_WORTH_WRITING + " rounds at least");
        }
        if (!running.isEmpty() && redis.isEmpty()) {
            throw new IllegalArgumentException("--endpoint needs --redis PORT:PID: the Redis behind it");
        }
        if (redis.isPresent() && redis.get().pid().isEmpty()) {
            throw new IllegalArgumentException("--redis needs the process id too: PORT:PID");
        }
    }

    /** The cases of that part. */
    List<BenchCase> cases(Part part) {
        Part own = part == Part.SESSIONS || part == Part.PUBSUB ? part : Part.LOAD;
        return cases.stream()
                .filter(c -> c.part() == own && (part != Part.FALLBACK || c.clients() == CLIENTS_OF_FALLBACK))
                .toList();
    }

    /** A load that no case is meant for is left out. */
    boolean does(Part part) {
        return parts.contains(part) && !(part.isLoad() && cases(part).isEmpty());
    }

    boolean skips(String endpoint) {
        return skipped.contains(endpoint);
    }
}
