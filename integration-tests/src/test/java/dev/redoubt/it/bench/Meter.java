package dev.redoubt.it.bench;

import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Puts a load on an endpoint and reads what it cost. A load counts only if Redis has processed every command and
 * answered none with an error: a proxy that answers by itself, or with errors, would look very good otherwise.
 */
final class Meter implements AutoCloseable {
    private final LoadSource load;
    private final Endpoint redis;
    private final RedisWire redisWire;
    private final Set<Long> own = new HashSet<>();

    /** @param endpoints all that belong to the bench, so that the rest of the machine can be told apart */
    Meter(LoadSource load, Endpoint redis, Iterable<Endpoint> endpoints) throws IOException {
        this.load = load;
        this.redis = redis;
        this.redisWire = new RedisWire(redis.port());
        own.add(ProcessHandle.current().pid());
        redis.pid().ifPresent(own::add);
        endpoints.forEach(endpoint -> endpoint.pid().ifPresent(own::add));
    }

    /** @throws IOException if the load fails, or if not all of it reached Redis */
    Sample measure(BenchCase benchCase, Endpoint endpoint) throws IOException, InterruptedException {
        Reading before = Reading.of(endpoint, redis, redisWire);
        Sample.Load seen = load.run(benchCase, endpoint.port());
        Reading after = Reading.of(endpoint, redis, redisWire);
        check(benchCase, before, after);
        OptionalDouble proxyMicros = after.proxyMicrosSince(before);
        return new Sample(
                seen,
                proxyMicros.isPresent()
                        ? OptionalDouble.of(proxyMicros.getAsDouble() / benchCase.commands())
                        : OptionalDouble.empty(),
                after.redisMicrosSince(before) / benchCase.commands(),
                after.otherCoresSince(before, own));
    }

    @Override
    public void close() throws IOException {
        redisWire.close();
    }

    private static void check(BenchCase benchCase, Reading before, Reading after) throws IOException {
        long processed = after.commands() - before.commands();
        if (processed < benchCase.commands()) {
            throw new IOException("only %d of %d commands reached Redis".formatted(processed, benchCase.commands()));
        }
        long errors = after.errors() - before.errors();
        if (errors > 0) {
            throw new IOException(errors + " commands were answered with an error");
        }
    }
}
