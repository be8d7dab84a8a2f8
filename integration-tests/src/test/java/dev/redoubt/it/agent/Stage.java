package dev.redoubt.it.agent;

import dev.redoubt.it.agent.Application.Facts;
import dev.redoubt.it.agent.Application.Outcome;
import dev.redoubt.it.redis.FreePort;
import dev.redoubt.it.redis.ProxyProcess;
import java.nio.file.Path;

/** Two real servers: the one that applications name, and the one behind the proxy. Confined to one thread. */
final class Stage implements AutoCloseable {
    private final Path directory;
    private final CountedRedis named = new CountedRedis();
    private final CountedRedis shared = new CountedRedis();

    /** @param directory for what runs leave until they are over */
    Stage(Path directory) {
        this.directory = directory;
    }

    int namedPort() {
        return named.port();
    }

    String redisVersion() {
        return named.server().version().toString();
    }

    /** A new proxy before the shared Redis, whose connections are counted from now on. */
    ProxyProcess proxy() {
        shared.reset();
        return ProxyProcess.before(shared.server());
    }

    /** Where nobody listens. */
    int nobody() {
        return FreePort.next();
    }

    /** The option of the JVM that brings another agent. */
    String otherAgent() {
        return OtherAgent.option(directory);
    }

    /** A whole run, with the named Redis empty; of the shared one whatever was reset by {@link #proxy}. */
    Measured run(Launch launch) {
        named.reset();
        if (launch.refused()) {
            return refused(launch);
        }
        try (Application application = launch.start(directory)) {
            Facts facts = application.awaitPause("unclosed");
            long namedThen = named.received();
            long sharedThen = shared.received();
            long sharedOpen = shared.connected();
            application.goOn();
            application.awaitPause("end");
            long namedAtEnd = named.received();
            long sharedAtEnd = shared.received();
            application.goOn();
            Outcome outcome = application.end();
            return new Measured(outcome, facts, namedThen, sharedThen, sharedOpen, namedAtEnd, sharedAtEnd);
        }
    }

    private Measured refused(Launch launch) {
        try (Application application = launch.start(directory)) {
            Outcome outcome = application.end();
            return new Measured(
                    outcome,
                    new Facts(0, 0),
                    named.received(),
                    shared.received(),
                    0,
                    named.received(),
                    shared.received());
        }
    }

    @Override
    public void close() {
        named.close();
        shared.close();
    }
}
