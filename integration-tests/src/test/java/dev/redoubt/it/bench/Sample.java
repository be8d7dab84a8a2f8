package dev.redoubt.it.bench;

import java.util.OptionalDouble;

/**
 * What one load on one endpoint cost.
 *
 * @param load what redis-benchmark saw
 * @param proxyMicros CPU microseconds a command of the endpoint's process; empty for Redis itself
 * @param redisMicros CPU microseconds a command of Redis
 * @param otherCores cores that unrelated processes kept busy meanwhile
 */
record Sample(Load load, OptionalDouble proxyMicros, double redisMicros, double otherCores) {

    /** What redis-benchmark reports. Its latencies come in steps of 8 microseconds. */
    record Load(double commandsPerSecond, double p50Millis, double p99Millis) {}
}
