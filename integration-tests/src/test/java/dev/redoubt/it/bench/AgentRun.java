package dev.redoubt.it.bench;

import dev.redoubt.it.bench.Verdict.Bound;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What the Java agent costs: its size, what it adds to the start of a JVM, and to each command. JVMs with and without it take turns. Confined to the bench's thread.
 */
final class AgentRun {
    static final Path JAR = Path.of("agent/target/redoubt-agent.jar");

    private static final int STARTS = 21;
    private static final int UNCOUNTED_STARTS = 2;
    private static final int COMMANDS = 60_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double MOST_MEGABYTES = 4;
    private static final double MOST_MILLIS_WITHOUT_CLIENT = 60;
    private static final double MOST_MILLIS_WITH_CLIENT = 450;
    /** What two runs of the same differ by, on a shared machine. */
    private static final double NOTHING_MEASURABLE = 1.03;

    private static final String WITHOUT = "without";
    private static final String WITH = "with";
    /** An agent that does nothing: what the JVM itself takes for having one. */
    private static final String IDLE = "idle";

    private static final String NO_HOST = "";

    private final Path jar;
    private final Path idle;
    private final AgentProgram program;
    private final Children children;
    private final Rig rig;
    private final int rounds;
    private final PrintStream progress;
    private final List<Verdict> verdicts = new ArrayList<>();

    AgentRun(Path jar, Children children, Tools tools, int rounds, PrintStream progress) throws IOException {
        this.jar = jar;
        this.idle = IdleAgent.pack(children.directory());
        this.program = new AgentProgram(children.directory());
        this.children = children;
        this.rig = new Rig(children, tools);
        this.rounds = rounds;
        this.progress = progress;
    }

    BenchRun.Report run(Variant redoubt) throws IOException, InterruptedException {
        if (!rig.isBuilt(redoubt) || !Files.exists(jar)) {
            return new BenchRun.Report("the proxy's or the agent's jar is not built", false);
        }
        int proxy = rig.redoubt(redoubt, rig.redis().port())
                .orElseThrow(() -> new IOException("the proxy did not start"))
                .port();
        List<List<String>> rows = new ArrayList<>();
        judge("MB of the jar", MOST_MEGABYTES, Files.size(jar) / 1e6, OptionalDouble.empty());
        double added = starts("a program without Redis", program.withoutJars(), proxy, rows, NO_HOST);
        judge("ms added to a program without Redis", MOST_MILLIS_WITHOUT_CLIENT, added, OptionalDouble.empty());
        starts(
                "the same, and " + program.jars() + " jars on its class path that it does not open",
                program.withJars(),
                proxy,
                rows,
                NO_HOST);
        added = starts("a program with a Jedis, the same jars", program.withJars(), proxy, rows, "127.0.0.1");
        judge("ms added to a program with a Jedis", MOST_MILLIS_WITH_CLIENT, added, OptionalDouble.empty());
        commands(proxy, rows);
        String table = Markdown.table(
                List.of(
                        "",
                        "without an agent",
                        "with one that does nothing",
                        "with Redoubt's",
                        "added",
                        "by an agent that does nothing"),
                rows);
        return new BenchRun.Report(
                table + "\n\n" + Markdown.verdicts(verdicts), rounds >= BenchOptions.ROUNDS_WORTH_WRITING);
    }

    /** The time from starting a JVM to its end; returns what the agent adds to the median, in milliseconds. */
    private double starts(String what, String classPath, int proxy, List<List<String>> rows, String host)
            throws IOException, InterruptedException {
        Rounds starts = new Rounds();
        int count = rounds < BenchOptions.ROUNDS_WORTH_WRITING ? rounds : STARTS;
        for (int i = -UNCOUNTED_STARTS; i < count; i++) {
            Rounds.Round round = new Rounds.Round();
            for (String variant : order(i, List.of(WITHOUT, IDLE, WITH))) {
                long begin = System.nanoTime();
                if (host.equals(NO_HOST)) {
                    probe(variant, classPath, proxy);
                } else {
                    probe(variant, classPath, proxy, host);
                }
                round.put(variant, (System.nanoTime() - begin) / 1e6);
            }
            if (i >= 0) {
                starts.add(round);
            }
        }
        progress.println("agent: started " + what + " " + count + " times");
        double added = starts.median(WITH) - starts.median(WITHOUT);
        rows.add(List.of(
                "ms, " + what,
                starts.cell(WITHOUT),
                starts.cell(IDLE),
                starts.cell(WITH),
                difference(added),
                difference(starts.median(IDLE) - starts.median(WITHOUT))));
        return added;
    }

    /** One connection, one command at a time: where a hook on the way would show most. */
    private void commands(int proxy, List<List<String>> rows) throws IOException, InterruptedException {
        Rounds measured = new Rounds();
        for (int i = 0; i < rounds; i++) {
            Rounds.Round round = new Rounds.Round();
            for (String variant : order(i, List.of(WITHOUT, WITH))) {
                String nanos = probe(variant, program.withJars(), proxy, "127.0.0.1", COMMANDS + "");
                round.put(variant, Double.parseDouble(nanos.strip().lines().reduce("", (a, b) -> b)));
            }
            measured.add(round);
        }
        progress.println("agent: " + rounds + " rounds of commands");
        rows.add(List.of(
                "ns a GET by Jedis, through the proxy",
                measured.cell(WITHOUT),
                "–",
                measured.cell(WITH),
                difference(measured.median(WITH) - measured.median(WITHOUT)),
                "–"));
        judge(
                "time a command, redirected / given the proxy's address",
                NOTHING_MEASURABLE,
                measured.median(WITH) / measured.median(WITHOUT),
                OptionalDouble.of(measured.paired(WITH, WITHOUT)));
    }

    /** Each second round the other way around. */
    private static List<String> order(int round, List<String> variants) {
        List<String> order = new ArrayList<>(variants);
        if (round % 2 != 0) {
            Collections.reverse(order);
        }
        return order;
    }

    /** With the agent it names a port where nobody listens, and ends with an error if it is not redirected. */
    private String probe(String variant, String classPath, int proxy, String... arguments)
            throws IOException, InterruptedException {
        boolean with = variant.equals(WITH);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (with) {
            command.add("-javaagent:" + jar + "=proxy=127.0.0.1:" + proxy);
        } else if (variant.equals(IDLE)) {
            command.add("-javaagent:" + idle);
        }
        command.addAll(List.of("-cp", classPath, AgentProbe.class.getName()));
        if (arguments.length > 0) {
            command.addAll(List.of(arguments[0], with ? "1" : proxy + ""));
            command.addAll(List.of(arguments).subList(1, arguments.length));
        }
        return children.run("agent-probe", command, LIMIT);
    }

    private static String difference(double value) {
        return String.format(Locale.ROOT, "%+,.0f", value);
    }

    private void judge(String goal, double limit, double value, OptionalDouble paired) {
        verdicts.add(new Verdict(goal, "agent", Bound.AT_MOST, limit, value, paired));
    }
}
