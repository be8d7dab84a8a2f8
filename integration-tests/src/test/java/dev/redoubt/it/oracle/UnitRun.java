package dev.redoubt.it.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs units, each in a program of its own. A test that hangs is left out, and its unit run again. Confined to one thread. */
final class UnitRun {
    private static final List<String> OPTIONS = List.of("--durable", "--tags", "-slow -needs:repl");

    private final Path tclsh;
    private final Workplace place;
    private final Rig rig;
    private final Limits limits;
    private final Set<TestName> leftOut;
    private final Path log;

    /**
     * @param leftOut tests that are not tried
     * @param log takes what the suite's programs print
     */
    UnitRun(Path tclsh, Workplace place, Rig rig, Limits limits, Set<TestName> leftOut, Path log) {
        this.tclsh = tclsh;
        this.place = place;
        this.rig = rig;
        this.limits = limits;
        this.leftOut = leftOut;
        this.log = log;
    }

    List<Outcome> run(String unit) throws IOException {
        Set<String> hung = new LinkedHashSet<>();
        while (true) {
            rig.reset();
            Tally tally = attempt(unit, hung);
            if (!tally.hasEnded() || !rig.isRunning()) {
                rig.restart();
            }
            Optional<String> hangs = tally.hung();
            if (hangs.isEmpty() || hung.size() == limits.hangs() || !hung.add(hangs.get())) {
                return withHung(tally.outcomes(), hung);
            }
        }
    }

    private Tally attempt(String unit, Set<String> left) throws IOException {
        Tally tally = new Tally(unit);
        try (SuiteClient client = SuiteClient.start(tclsh, place.directory(), options(unit, left), log);
                Watchdog watchdog = new Watchdog(client.process(), limits)) {
            client.run(unit);
            while (!tally.hasEnded()) {
                Optional<Packet> packet = client.next();
                if (packet.isEmpty()) {
                    tally.onEnd(watchdog.bite().orElse("the suite's program ended"));
                    break;
                }
                watchdog.heard();
                tally.on(packet.get());
            }
        }
        return tally;
    }

    private List<String> options(String unit, Set<String> hung) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(List.of("--host", rig.host(), "--port", Integer.toString(rig.port())));
        Stream<String> known =
                leftOut.stream().filter(test -> test.unit().equals(unit)).map(TestName::name);
        Stream.concat(known, hung.stream()).forEach(name -> options.addAll(List.of("--skiptest", name)));
        return options;
    }

    private static List<Outcome> withHung(List<Outcome> outcomes, Set<String> hung) {
        return outcomes.stream()
                .map(outcome -> outcome.status() == Status.SKIPPED
                                && hung.contains(outcome.test().name())
                        ? outcome.with(Status.HUNG)
                        : outcome)
                .toList();
    }
}
