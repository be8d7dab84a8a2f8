package dev.redoubt.it.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes outcomes of what is reported in one run of one unit. Confined to one thread. */
final class Tally {
    /** What went wrong outside of tests, with code that stands between them, counts as a test of this name. */
    static final String OUTSIDE = "(outside a test)";

    private static final int DETAIL_LENGTH = 300;

    private final String unit;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private String running = "";
    private boolean ended;

    Tally(String unit) {
        this.unit = unit;
    }

    void on(Packet packet) {
        switch (packet.status()) {
            case "testing" -> running = packet.data();
            case "ok" -> add(packet.data(), Status.OK, packet.millis(), "");
            case "err" -> addFailure(packet.data());
            case "skip" -> add(packet.data(), Status.SKIPPED, 0, "");
            case "exception" -> add(OUTSIDE, Status.FAILED, 0, packet.data());
            case "done" -> ended = true;
            // "ignore": the tags say that it is not for this way of running. "ready", and whatever a later suite may
            // say.
            default -> {}
        }
    }

    /** The program has gone, without saying that it was done. */
    void onEnd(String why) {
        if (running.isEmpty()) {
            add(OUTSIDE, Status.FAILED, 0, why);
        } else {
            add(running, Status.HUNG, 0, why);
        }
    }

    boolean hasEnded() {
        return ended;
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    /** The name of the test that hung, if one did. */
    Optional<String> hung() {
        return outcomes.stream()
                .filter(outcome -> outcome.status() == Status.HUNG)
                .map(outcome -> outcome.test().name())
                .findFirst();
    }

    /** The first line names the test and its file; what comes from between tests has no such line. */
    private void addFailure(String data) {
        if (running.isEmpty() || !data.startsWith(running + " in tests/")) {
            add(OUTSIDE, Status.FAILED, 0, data);
            return;
        }
        int end = data.indexOf('\n', running.length());
        add(running, Status.FAILED, 0, end < 0 ? "" : data.substring(end));
    }

    private void add(String name, Status status, long millis, String detail) {
        String line = TestName.oneLine(name);
        int nth = counts.merge(line, 1, Integer::sum);
        outcomes.add(new Outcome(new TestName(unit, line, nth), status, millis, shortened(detail)));
        running = "";
    }

    private static String shortened(String detail) {
        String line = TestName.oneLine(detail);
        return line.substring(0, Math.min(line.length(), DETAIL_LENGTH));
    }
}
