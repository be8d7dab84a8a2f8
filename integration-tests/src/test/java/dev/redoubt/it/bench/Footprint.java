package dev.redoubt.it.bench;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What one Redoubt costs while it does nothing.
 *
 * @param firstPongMillis from the start of the process to the first answered PING, a value for each start
 * @param firstValueMillis the same to the first value that came from Redis
 * @param restBytes resident memory some seconds after the start, with two commands answered
 * @param connections idle client connections that were then opened
 * @param connectedBytes resident memory with them, before any has sent a command
 * @param usedBytes resident memory with them, after each has had one command answered
 */
record Footprint(
        String name,
        List<Double> firstPongMillis,
        List<Double> firstValueMillis,
        long restBytes,
        int connections,
        long connectedBytes,
        long usedBytes) {

    private static final double FIRST_ANSWER_MILLIS = 1_000;
    private static final double REST_MIB = 120;
    private static final double CONNECTION_KIB = 10;
    private static final double KIB = 1 << 10;
    private static final double MIB = 1 << 20;

    Stats.Spread firstPong() {
        return spread(firstPongMillis);
    }

    Stats.Spread firstValue() {
        return spread(firstValueMillis);
    }

    double restMebibytes() {
        return restBytes / MIB;
    }

    double kibibytesPerConnected() {
        return (connectedBytes - restBytes) / KIB / connections;
    }

    double kibibytesPerUsed() {
        return (usedBytes - restBytes) / KIB / connections;
    }

    List<Verdict> verdicts() {
        return List.of(
                atMost(
                        "start to first answered PING, ms",
                        FIRST_ANSWER_MILLIS,
                        firstPong().median()),
                atMost(
                        "start to first value from Redis, ms",
                        FIRST_ANSWER_MILLIS,
                        firstValue().median()),
                atMost("resident at rest, MiB", REST_MIB, restMebibytes()),
                atMost("an idle connection, KiB", CONNECTION_KIB, kibibytesPerUsed()));
    }

    private Verdict atMost(String goal, double limit, double value) {
        return new Verdict(goal, name, Verdict.Bound.AT_MOST, limit, value, OptionalDouble.empty());
    }

    private static Stats.Spread spread(List<Double> values) {
        return Stats.spread(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
