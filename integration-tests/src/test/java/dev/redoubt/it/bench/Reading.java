package dev.redoubt.it.bench;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The state of all accounts at one moment.
 *
 * @param proxy CPU of the endpoint's process, if it has one
 * @param redis CPU of Redis
 * @param machine CPU nanoseconds of every process, by id
 * @param commands that Redis has processed since it started
 * @param errors that Redis has answered since it started
 */
record Reading(
        long atNanos,
        Optional<CpuReading> proxy,
        CpuReading redis,
        Map<Long, Long> machine,
        long commands,
        long errors) {

    private static final double NANOS_PER_MICRO = 1_000;

    static Reading of(Endpoint endpoint, Endpoint redis, RedisWire redisWire) throws IOException {
        return new Reading(
                System.nanoTime(),
                endpoint.pid().isPresent() ? Optional.of(Proc.cpu(endpoint.pid().getAsLong())) : Optional.empty(),
                Proc.cpu(redis.pid().orElseThrow()),
                Proc.cpuOfAll(),
                redisWire.info("stats", "total_commands_processed"),
                redisWire.info("stats", "total_error_replies"));
    }

    OptionalDouble proxyMicrosSince(Reading before) {
        return proxy.isEmpty() || before.proxy.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(proxy.get().nanosSince(before.proxy.get()) / NANOS_PER_MICRO);
    }

    double redisMicrosSince(Reading before) {
        return redis.nanosSince(before.redis) / NANOS_PER_MICRO;
    }

    /** Cores kept busy by processes other than these. One that has ended in between is not seen. */
    double otherCoresSince(Reading before, Set<Long> own) {
        long busy = machine.entrySet().stream()
                .filter(entry -> !own.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue() - before.machine.getOrDefault(entry.getKey(), 0L))
                .sum();
        return (double) busy / (atNanos - before.atNanos);
    }
}
