package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lane writes and invalidates while the reader reads and segments are lost: no older value may ever come back. */
class RecorderRaceTest {
    /** Many, so that the last write of some is in what gets lost. */
    private static final int KEYS = 2_000;

    private static final int LARGE_RING_BYTES = 16 << 20;
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());

    private final Random random = new Random(SEED);
    /** Null: absent. */
    private final String[] truth = new String[KEYS];

    private final ByteBuf commands = Unpooled.buffer();
    private final ByteBuf replies = Unpooled.buffer();

    /** With the small ring segments are lost all the time; with the large one never. */
    @ParameterizedTest
    @ValueSource(ints = {64 << 10, LARGE_RING_BYTES})
    void whatIsServedAfterADrainIsTheNewest(int ringBytes) throws InterruptedException {
        System.out.println("seed " + SEED);
        StoreFixture fixture = new StoreFixture(StoreFixture.ring(ringBytes));
        fixture.recorder.start();
        long served = 0;
        for (int round = 0; round < 100; round++) {
            int operations = random.nextInt(5_000);
            for (int i = 0; i < operations; i++) {
                recordOne(fixture.recorder, i);
            }
            drainAndWait(fixture.recorder);
            served += checkAll(fixture);
        }
        fixture.recorder.close();
        assertTrue(served > 0, "something was known at the end");
        assertEquals(ringBytes < LARGE_RING_BYTES, fixture.recorder.stats().lostSegments() > 0);
    }

    private void recordOne(FlightRecorder recorder, int i) {
        int key = random.nextInt(KEYS);
        String name = "k" + key;
        commands.clear();
        replies.clear();
        switch (random.nextInt(8)) {
            case 0 -> {
                RespWriter.command(commands, "DEL", name);
                RespWriter.integer(replies, 1);
                truth[key] = null;
                record(recorder, true);
            }
            case 1 -> {
                // A script that nobody can read: the key is whatever it made of it.
                RespWriter.command(commands, "HSET", name, "f", "v");
                truth[key] = "by a script " + i;
                recorder.invalidate(0, 1, commands, 0, commands.readableBytes());
            }
            case 2 -> {
                RespWriter.command(commands, "APPEND", name, "+");
                truth[key] = (truth[key] == null ? "" : truth[key]) + "+";
                RespWriter.integer(replies, truth[key].length());
                record(recorder, true);
            }
            case 3, 4 -> {
                RespWriter.command(commands, "GET", name);
                if (truth[key] == null) {
                    RespWriter.nullValue(replies, 2);
                } else {
                    RespWriter.bulk(replies, truth[key]);
                }
                record(recorder, false);
            }
            default -> {
                truth[key] = "v" + i;
                RespWriter.command(commands, "SET", name, truth[key]);
                RespWriter.simpleString(replies, "OK");
                record(recorder, true);
            }
        }
    }

    private void record(FlightRecorder recorder, boolean containsWrites) {
        recorder.record(
                0, containsWrites, 1, commands, 0, commands.readableBytes(), replies, 0, replies.readableBytes());
    }

    private static void drainAndWait(FlightRecorder recorder) throws InterruptedException {
        CountDownLatch drained = new CountDownLatch(1);
        recorder.drain(drained::countDown);
        assertTrue(drained.await(10, TimeUnit.SECONDS), "drained");
    }

    private long checkAll(StoreFixture fixture) {
        long served = 0;
        for (int key = 0; key < KEYS; key++) {
            byte[] name = ("k" + key).getBytes(StandardCharsets.US_ASCII);
            KnownValue known = fixture.recorder.known().find(new StoreKey(0, name));
            if (known != null) {
                served++;
                byte[] value = known.value();
                assertEquals(truth[key], value == null ? null : new String(value, StandardCharsets.US_ASCII));
            }
        }
        return served;
    }

    @Test
    void everyDrainEndsWhileSegmentsAreLost() throws InterruptedException {
        StoreFixture fixture = new StoreFixture(StoreFixture.ring(64 << 10));
        CountDownLatch drained = new CountDownLatch(20);
        fixture.recorder.start();
        for (int i = 0; i < 20; i++) {
            fixture.recorder.drain(drained::countDown);
            for (int j = 0; j < 5_000; j++) {
                recordOne(fixture.recorder, j);
            }
        }
        fixture.recorder.drain(() -> {});

        assertTrue(drained.await(10, TimeUnit.SECONDS));
        fixture.recorder.close();
    }
}
