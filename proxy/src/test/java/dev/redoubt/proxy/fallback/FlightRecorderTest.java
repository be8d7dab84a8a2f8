package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FlightRecorderTest {
    private static final int RING_BYTES = 64 << 10;

    @Test
    void pipelinedRunIsReadInOrder() {
        StoreFixture fixture = new StoreFixture();
        ByteBuf commands = Unpooled.buffer();
        RespWriter.command(commands, "SET", "k", "1");
        RespWriter.command(commands, "INCR", "k");
        commands.writeCharSequence("get k\r\n", StandardCharsets.US_ASCII);
        RespWriter.command(commands, "FLUSHALL");
        RespWriter.command(commands, "SET", "l", "x");
        ByteBuf replies = text("+OK\r\n:2\r\n$1\r\n2\r\n+OK\r\n+OK\r\n");

        fixture.recorder.record(0, true, 5, commands, 0, commands.readableBytes(), replies, 0, replies.readableBytes());
        fixture.drained();

        assertEquals("*2 $-1 $1 x", fixture.outage("MGET k l"));
    }

    @Test
    void attributesAndAggregatesInRepliesArePassedOver() {
        StoreFixture fixture = new StoreFixture();
        ByteBuf commands = Unpooled.buffer();
        RespWriter.command(commands, "HGETALL", "h");
        RespWriter.command(commands, "GET", "k");
        ByteBuf replies = text("%2\r\n+a\r\n*2\r\n:1\r\n#t\r\n+b\r\n,1.5\r\n|1\r\n+ttl\r\n:9\r\n$1\r\nv\r\n");

        fixture.recorder.record(0, true, 2, commands, 0, commands.readableBytes(), replies, 0, replies.readableBytes());
        fixture.drained();

        assertEquals("$1 v", fixture.outage("GET k"));
    }

    @Test
    void unreadableRecordForgetsWhatIsOlder() {
        StoreFixture fixture = new StoreFixture();
        fixture.seen("SET k old", "+OK");
        ByteBuf commands = text("*1\r\n$3\r\nGE");
        ByteBuf replies = text("+OK\r\n");

        fixture.recorder.record(0, true, 1, commands, 0, commands.readableBytes(), replies, 0, replies.readableBytes());
        fixture.seen("SET l new", "+OK");
        fixture.drained();

        assertEquals("*2 $-1 $3 new", fixture.outage("MGET k l"));
    }

    @Test
    void lostWritesMakeEverythingOlderUnknown() {
        StoreFixture fixture = new StoreFixture(StoreFixture.ring(RING_BYTES));
        fixture.seen("SET first v", "+OK");
        fixture.drained();

        writeUntilSomethingIsLost(fixture);
        fixture.seen("SET last v", "+OK");
        fixture.drained();

        assertEquals("*2 $-1 $1 v", fixture.outage("MGET first last"));
    }

    private static void writeUntilSomethingIsLost(StoreFixture fixture) {
        for (int i = 0; fixture.recorder.stats().lostSegments() == 0; i++) {
            fixture.seen("SET filler" + i + " v", "+OK");
        }
    }

    @Test
    void readsAreLeftOutWhenTheReaderIsBehindAndNothingIsLost() {
        StoreFixture fixture = new StoreFixture(StoreFixture.ring(RING_BYTES));
        fixture.seen("SET first v", "+OK");
        ByteBuf commands = Unpooled.buffer();
        RespWriter.command(commands, "GET", "k");
        ByteBuf replies = text("$1\r\nv\r\n");

        for (int i = 0; i < 10_000; i++) {
            fixture.recorder.record(0, false, 1, commands, 0, commands.readableBytes(), replies, 0, 7);
        }
        RecorderStats stats = fixture.recorder.stats();
        fixture.drained();

        assertEquals(0, stats.lostSegments());
        assertTrue(stats.skippedReads() > 5_000, stats.toString());
        assertEquals("$1 v", fixture.outage("GET first"));
    }

    @Test
    void recordLargerThanASegmentIsReadToo() {
        StoreFixture fixture = new StoreFixture(StoreFixture.ring(RING_BYTES));
        String value = "x".repeat(10_000);
        fixture.seen("SET before v", "+OK");
        fixture.seen("SET k " + value, "+OK");
        fixture.seen("SET after v", "+OK");
        fixture.drained();

        assertEquals("$10000 " + value, fixture.outage("GET k"));
        assertEquals("*2 $1 v $1 v", fixture.outage("MGET before after"));
    }

    @Test
    void writeOutOfProportionToTheRingForgetsWhatIsOlder() {
        StoreFixture fixture = new StoreFixture(StoreFixture.ring(RING_BYTES));
        fixture.seen("SET k old", "+OK");
        fixture.seen("SET k " + "x".repeat(RING_BYTES), "+OK");
        fixture.seen("SET after v", "+OK");
        fixture.drained();

        assertEquals("*2 $-1 $1 v", fixture.outage("MGET k after"));
    }

    @Test
    void recordingAllocatesNothing() {
        ResourceLeakDetector.Level usual = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED); // the detector itself allocates
        try {
            recordAndCount();
        } finally {
            ResourceLeakDetector.setLevel(usual);
        }
    }

    private static void recordAndCount() {
        FlightRecorder recorder = new FlightRecorder(FallbackSettings.DEFAULTS, Clock.SYSTEM, args -> null);
        ByteBuf commands = Unpooled.directBuffer();
        RespWriter.command(commands, "SET", "some:key:1234", "a value of a usual length");
        ByteBuf replies = text("+OK\r\n");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        recordMany(recorder, commands, replies, 400_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        recordMany(recorder, commands, replies, 400_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertTrue(recorder.stats().lostSegments() > 64, "the ring went round");
        assertTrue(allocated < 16_384, allocated + " bytes were allocated for 400,000 records");
        commands.release();
    }

    private static void recordMany(FlightRecorder recorder, ByteBuf commands, ByteBuf replies, int count) {
        for (int i = 0; i < count; i++) {
            recorder.record(0, true, 1, commands, 0, commands.readableBytes(), replies, 0, replies.readableBytes());
        }
    }

    @Test
    void drainOfAnEmptyRecordingIsDoneAtOnce() {
        StoreFixture fixture = new StoreFixture();
        boolean[] done = new boolean[1];

        fixture.recorder.drain(() -> done[0] = true);

        assertTrue(done[0]);
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
