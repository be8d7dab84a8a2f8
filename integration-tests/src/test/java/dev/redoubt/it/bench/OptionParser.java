package dev.redoubt.it.bench;

import dev.redoubt.it.bench.BenchOptions.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads the bench's command line. Values follow their option, with a space or an equals sign. */
final class OptionParser {
    static final String USAGE = """
        usage: ./dev bench [options]       (build redoubt.jar first; everything runs on 127.0.0.1)

        what:
          --load                           only the load part: commands/s, p50, p99, CPU a command
          --sessions                       only transactions, EVALSHA, and waking clients from BLPOP
          --pubsub                         only messages to many subscribers
          --tls                            only TLS to Redis beside a connection in the clear
          --fairness                       only small commands while another client does something unfair
          --fallback                       only what known values cost, and answers from memory
          --footprint                      only start-up time, resident memory, idle connections
          --agent                          only the Java agent: its size, start-up, what it adds to a command
          --profile                        only a CPU profile of Redoubt in each case, to target/bench/
                                           (these combine; without any of them: load, sessions, footprint)
          --write                          put the tables into docs/benchmarks.md
        how much:
          --cases LIST                     e.g. get-c50-p1,set-c50-p16 or get-c50-p1-n300000
          --rounds N                       counted rounds (9)
          --warmup N                       rounds before them that do not count (6)
          --quick                          1 warm-up, 3 rounds, a third of the commands: for a look
          --max-minutes N                  no new round after so long (40)
        on whom:
          --skip LIST                      of direct, haproxy, twemproxy, redoubt
          --jar NAME=PATH                  one more Redoubt: another build
          --variant NAME="ARGS"            one more Redoubt: with these arguments after `run`
          --variant-jvm NAME="FLAGS"       one more Redoubt: with these JVM flags
          --variant-java NAME=JAVA_HOME    one more Redoubt: on another Java
                                           (options of the same NAME describe the same Redoubt)
          --redis PORT:PID                 a running Redis instead of an own one; keys key:* are overwritten
          --endpoint NAME=PORT[:PID]       something that runs already, in front of that Redis
        """;

    private static final String PLAIN = "redoubt";
    private static final int QUICK_DIVISOR = 3;

    private final Path jar;
    private final Deque<String> words = new ArrayDeque<>();
    private final Map<String, Variant> variants = new LinkedHashMap<>();
    private final List<Endpoint> running = new ArrayList<>();
    private final Set<Part> parts = EnumSet.noneOf(Part.class);
    private final Set<String> skipped = new HashSet<>();
    private List<BenchCase> cases = Stream.of(BenchCase.defaults(), BenchCase.ofSessions(), BenchCase.ofPubSub())
            .flatMap(List::stream)
            .toList();
    private Optional<Endpoint> redis = Optional.empty();
    private Optional<Integer> rounds = Optional.empty();
    private Optional<Integer> warmup = Optional.empty();
    private Duration limit = Duration.ofMinutes(40);
    private boolean quick;
    private boolean write;

    /** @param jar the build that is measured unless the command line names another */
    OptionParser(Path jar) {
        this.jar = jar;
        variants.put(PLAIN, Variant.plain(PLAIN, jar));
    }

    /** @throws IllegalArgumentException with a sentence for the user */
    BenchOptions parse(String... arguments) {
        for (String argument : arguments) {
            splitOption(argument).forEach(words::add);
        }
        while (!words.isEmpty()) {
            option(words.remove());
        }
        skip();
        return new BenchOptions(
                quick ? cases.stream().map(c -> c.shortened(QUICK_DIVISOR)).toList() : cases,
                rounds.orElse(quick ? 3 : 9),
                warmup.orElse(quick ? 1 : 6),
                limit,
                parts.isEmpty() ? EnumSet.of(Part.LOAD, Part.SESSIONS, Part.FOOTPRINT) : parts,
                skipped,
                List.copyOf(variants.values()),
                running,
                redis,
                write);
    }

    private void option(String option) {
        switch (option) {
            case "--load" -> parts.add(Part.LOAD);
            case "--sessions" -> parts.add(Part.SESSIONS);
            case "--pubsub" -> parts.add(Part.PUBSUB);
            case "--tls" -> parts.add(Part.TLS);
            case "--fairness" -> parts.add(Part.FAIRNESS);
            case "--fallback" -> parts.add(Part.FALLBACK);
            case "--footprint" -> parts.add(Part.FOOTPRINT);
            case "--agent" -> parts.add(Part.AGENT);
            case "--profile" -> parts.add(Part.PROFILE);
            case "--write" -> write = true;
            case "--quick" -> quick = true;
            case "--cases" -> cases = BenchCase.parseList(value(option));
            case "--rounds" -> rounds = Optional.of(number(option));
            case "--warmup" -> warmup = Optional.of(number(option));
            case "--max-minutes" -> limit = Duration.ofMinutes(number(option));
            case "--skip" -> skipped.addAll(List.of(value(option).split(",")));
            case "--jar" -> variant(option, Variant::withJar);
            case "--variant" -> variant(option, Variant::withArguments);
            case "--variant-jvm" -> variant(option, Variant::withJvmFlags);
            case "--variant-java" -> variant(option, Variant::withJavaHome);
            case "--redis" -> redis = Optional.of(Endpoint.parse("redis=" + value(option)));
            case "--endpoint" -> running.add(Endpoint.parse(value(option)));
            default -> throw new IllegalArgumentException("unknown option " + option);
        }
    }

    private void skip() {
        Set<String> unknown = new HashSet<>(skipped);
        unknown.removeAll(variants.keySet());
        unknown.removeAll(Goals.PEERS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("--skip: there is no endpoint " + unknown);
        }
        variants.keySet().removeAll(skipped);
    }

    private void variant(String option, BiFunction<Variant, String, Variant> change) {
        String[] parts = value(option).split("=", 2);
        if (parts.length != 2 || parts[0].isEmpty()) {
            throw new IllegalArgumentException(option + " needs NAME=VALUE");
        }
        Variant known = variants.getOrDefault(parts[0], Variant.plain(parts[0], jar));
        variants.put(parts[0], change.apply(known, parts[1]));
    }

    private int number(String option) {
        String value = value(option);
        if (!value.matches("\\d{1,4}")) {
            throw new IllegalArgumentException(option + " needs a number, not " + value);
        }
        return Integer.parseInt(value);
    }

    private String value(String option) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.remove();
    }

    private static List<String> splitOption(String argument) {
        return argument.matches("--[a-z-]+=.*") ? List.of(argument.split("=", 2)) : List.of(argument);
    }
}
