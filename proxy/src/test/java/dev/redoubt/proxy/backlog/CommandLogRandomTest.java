package dev.redoubt.proxy.backlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.resp.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Any sequence of what can happen to a log, beside a list that says what must come of it. */
class CommandLogRandomTest {
    /** One command as the list sees it: how many of its bytes were sent on the present connection, and whether it was in doubt before. */
    private static final class Expected {
        private final String wire;
        private boolean written;
        private boolean inDoubt;

        Expected(String wire) {
            this.wire = wire;
        }
    }

    private final RecordingSink sink = new RecordingSink();
    private final List<Expected> model = new ArrayList<>();
    private LogFixture fixture = new LogFixture();
    private int made;

    @Test
    void logAgreesWithAListThroughWritesRepliesAndLosses() {
        long seed = Long.getLong("redoubt.seed", System.nanoTime());
        System.out.println("CommandLogRandomTest: -Dredoubt.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            fixture = new LogFixture();
            for (int step = 0; step < 200; step++) {
                step(random);
                assertEquals(model.size(), fixture.log().commands());
                assertEquals(unwrittenBytes(), fixture.log().unwrittenBytes());
            }
            writeAll();
            answer(model.size());
            fixture.closeEmpty();
        }
    }

    private void step(SplittableRandom random) {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> append(random);
            case 4, 5 -> writeAll();
            case 6, 7, 8 ->
                answer(random.nextInt(
                        1 + (int) model.stream().filter(one -> one.written).count()));
            default -> lose(random);
        }
    }

    private void append(SplittableRandom random) {
        int size = random.nextInt(20) == 0 ? 40_000 : random.nextInt(30);
        String[] run = new String[1 + random.nextInt(4)];
        for (int i = 0; i < run.length; i++) {
            run[i] = "SET k" + made++ + " v" + "x".repeat(size);
            model.add(new Expected(new String(Wire.commands(run[i]), StandardCharsets.ISO_8859_1)));
        }
        fixture.run(sink, run);
    }

    private void writeAll() {
        StringBuilder expected = new StringBuilder();
        for (Expected one : model) {
            expected.append(one.written ? "" : one.wire);
            one.written = true;
        }
        assertEquals(expected.toString(), String.join("", fixture.write()));
    }

    private void answer(int count) {
        fixture.answer(count);
        model.subList(0, count).clear();
    }

    /** The connection ends at some byte; some of the commands are kept, in order. */
    private void lose(SplittableRandom random) {
        int writtenBytes = model.stream()
                .filter(one -> one.written)
                .mapToInt(one -> one.wire.length())
                .sum();
        int unsent = random.nextInt(writtenBytes + 1);
        int left = writtenBytes - unsent;
        for (Expected one : model) {
            left -= one.wire.length();
            one.inDoubt |= one.written && left >= 0;
            one.written = false;
        }
        List<HeldCommand> held = fixture.log().takeAll(unsent);
        assertEquals(model.size(), held.size());
        for (int i = held.size() - 1; i >= 0; i--) {
            assertEquals(model.get(i).inDoubt, held.get(i).isInDoubt(), "command " + i + " of " + held.size());
        }
        for (HeldCommand one : held) {
            Expected expected = model.remove(0);
            if (random.nextInt(4) == 0) {
                one.release();
            } else {
                fixture.log().restore(one);
                model.add(expected);
            }
        }
    }

    private int unwrittenBytes() {
        return model.stream()
                .filter(one -> !one.written)
                .mapToInt(one -> one.wire.length())
                .sum();
    }
}
