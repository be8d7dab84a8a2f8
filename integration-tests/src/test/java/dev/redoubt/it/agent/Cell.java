package dev.redoubt.it.agent;

import dev.redoubt.it.agent.Scenarios.Scenario;
import dev.redoubt.it.redis.ProxyProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An application on a JDK, without the agent and in each of its modes. Confined to one thread. */
final class Cell {
    /** All clients share one connection, those that speak RESP3 another one; the proxy's own questions to Redis have a third. */
    static final int MOST_SHARED = 3;
    /** In the whole run some need one of their own for a while: WATCH, BLPOP, other databases, RESP3, subscriptions. */
    static final int MOST_SHARED_AT_END = 14;

    private static final int MORE_THREADS = 4;
    private static final int MORE_DESCRIPTORS = 40;
    private static final int FEW = 2;

    private final Stage stage;
    private final Launch launch;
    private final Map<Run, List<String>> problems = new EnumMap<>(Run.class);

    Cell(Stage stage, Jdk jdk, Scenario scenario) {
        this.stage = stage;
        this.launch = Launch.of(jdk, scenario).at(stage.namedPort());
    }

    CellResult run(Collection<Run> runs) {
        Measured without = stage.run(launch);
        if (without.outcome().status() != 0 || without.named() < launch.unclosed()) {
            throw new IllegalStateException("without an agent: " + without);
        }
        Optional<Measured> redirected = Optional.empty();
        for (Run run : runs) {
            List<String> found = new ArrayList<>();
            try {
                Measured with = with(run, without, found);
                redirected = run == Run.REDIRECT ? Optional.of(with) : redirected;
            } catch (RuntimeException e) {
                found.add(String.valueOf(e.getMessage()));
            }
            problems.put(run, found);
        }
        return new CellResult(launch.scenario().version(), launch.jdk(), problems, without, redirected);
    }

    private Measured with(Run run, Measured without, List<String> found) {
        return switch (run) {
            case AGAIN -> again(without, found);
            case REDIRECT, OTHER_AGENT_FIRST, OTHER_AGENT_SECOND -> redirect(run, without, found);
            case OBSERVE -> unchanged("mode=observe,proxy=127.0.0.1:" + stage.nobody(), without, found);
            case OFF -> unchanged("mode=off", without, found);
            case PROXY_DOWN -> proxyDown(found);
            case PROXY_DOWN_DIRECT ->
                unchanged("on-proxy-down=direct,proxy=127.0.0.1:" + stage.nobody(), without, found);
        };
    }

    private Measured again(Measured without, List<String> found) {
        Measured once = stage.run(launch.unclosed(FEW));
        found.addAll(
                Difference.between(without.outcome().lines(), once.outcome().lines()));
        return once;
    }

    private Measured redirect(Run run, Measured without, List<String> found) {
        try (ProxyProcess proxy = stage.proxy()) {
            Measured with = stage.run(agents(run, "proxy=127.0.0.1:" + proxy.port() + ",mode=redirect"));
            if (run == Run.REDIRECT) { // what the JVM says of the other agent is the other's affair
                noNewWarnings(without, with, found);
            } else if (!with.outcome().errors().matches("(?s).*" + OtherAgent.SAID + "[1-9].*")) {
                found.add("the other agent was not reached: " + with.outcome().errors());
            }
            same(without, with, found);
            atMost(0, with.namedAtEnd(), "connections to the Redis that the application named", found);
            atMost(MOST_SHARED, with.shared(), "connections to Redis for all that is unclosed", found);
            atMost(MOST_SHARED, with.sharedOpen(), "open connections to Redis for all that is unclosed", found);
            atMost(MOST_SHARED_AT_END, with.sharedAtEnd(), "connections to Redis in the whole run", found);
            if (with.sharedAtEnd() == 0) {
                found.add("nothing came to the Redis behind the proxy");
            }
            return with;
        }
    }

    private static void noNewWarnings(Measured without, Measured with, List<String> found) {
        List<String> warnings = new ArrayList<>(with.outcome().warnings());
        warnings.removeAll(without.outcome().warnings());
        warnings.forEach(line -> found.add("the JVM warns: " + line));
    }

    private Launch agents(Run run, String options) {
        return switch (run) {
            case OTHER_AGENT_FIRST -> launch.jvm(stage.otherAgent()).agent(options);
            case OTHER_AGENT_SECOND -> launch.agent(options).jvm(stage.otherAgent());
            default -> launch.agent(options);
        };
    }

    /** Nothing is another than without an agent, except that it looks on. */
    private Measured unchanged(String options, Measured without, List<String> found) {
        Measured few = stage.run(launch.unclosed(FEW).agent(options));
        if (few.named() < FEW) {
            found.add("only " + few.named() + " connections to the Redis that the application named");
        }
        found.addAll(Difference.between(without.outcome().lines(), few.outcome().lines()));
        status(few, found);
        return few;
    }

    private Measured proxyDown(List<String> found) {
        Measured without = stage.run(launch.refused(true).at(stage.nobody()));
        Measured with = stage.run(launch.refused(true).agent("proxy=127.0.0.1:" + stage.nobody()));
        found.addAll(
                Difference.between(without.outcome().lines(), with.outcome().lines()));
        atMost(0, with.namedAtEnd(), "connections to the Redis that the application named", found);
        status(with, found);
        return with;
    }

    private static void same(Measured without, Measured with, List<String> found) {
        found.addAll(
                Difference.between(without.outcome().lines(), with.outcome().lines()));
        int threads = without.facts().threads() + MORE_THREADS;
        atMost(threads, with.facts().threads(), "threads", found);
        long descriptors = without.facts().descriptors() + MORE_DESCRIPTORS;
        atMost(descriptors, with.facts().descriptors(), "descriptors", found);
        status(with, found);
    }

    private static void status(Measured with, List<String> found) {
        if (with.outcome().status() != 0) {
            found.add("exit status " + with.outcome().status() + ": "
                    + with.outcome().errors());
        }
    }

    private static void atMost(long limit, long value, String what, List<String> found) {
        if (value > limit) {
            found.add(value + " " + what + ", more than " + limit);
        }
    }
}
