package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.config.FallbackRule;
import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store with its recorder and a clock of its own; commands are words, replies are their bytes as text. */
final class StoreFixture {
    final ManualClock clock = new ManualClock();
    final FlightRecorder recorder;
    final MemoryStore store;

    StoreFixture() {
        this(FallbackSettings.DEFAULTS);
    }

    StoreFixture(FallbackSettings settings) {
        recorder = new FlightRecorder(settings, clock, StoreFixture::writtenKeys);
        store = new MemoryStore(settings, clock, new Random(1), recorder);
    }

    static FallbackSettings settings(OnMiss onMiss, @Nullable Duration maxStale, String... patterns) {
        Duration oldest = maxStale == null ? FallbackRule.cache().maxStale() : maxStale;
        return new FallbackSettings.Builder()
                .rules(FallbackRule.cache(onMiss, oldest))
                .keys(List.of(patterns))
                .build();
    }

    static FallbackSettings rules(FallbackRule... rules) {
        return new FallbackSettings.Builder().rules(rules).build();
    }

    static FallbackSettings journal(long maxBytes, int maxEntries) {
        return new FallbackSettings.Builder()
                .journal(maxBytes, maxEntries, null)
                .build();
    }

    static FallbackSettings recovery(Recovery recovery) {
        return new FallbackSettings.Builder().recovery(recovery, false).build();
    }

    static FallbackSettings ring(int recorderBytes) {
        return new FallbackSettings.Builder().recorder(recorderBytes, 100).build();
    }

    /** HSET, LPUSH and the like write their first key, HGETALL writes none, nobody knows what MYSTERY does. */
    private static int @Nullable [] writtenKeys(byte[][] args) {
        return switch (new String(args[0], StandardCharsets.US_ASCII)) {
            case "MYSTERY" -> null;
            case "HGETALL", "PING" -> new int[0];
            default -> new int[] {1};
        };
    }

    /** Records one command that was answered upstream. */
    void seen(String command, String reply) {
        seenIn(0, command, reply);
    }

    void seenIn(int db, String command, String reply) {
        ByteBuf commands = commandBytes(command);
        ByteBuf replies = Unpooled.copiedBuffer(reply + "\r\n", StandardCharsets.ISO_8859_1);
        recorder.record(db, true, 1, commands, 0, commands.readableBytes(), replies, 0, replies.readableBytes());
    }

    /** For arguments with spaces. */
    void seenWords(String reply, String... command) {
        ByteBuf commands = Unpooled.buffer();
        RespWriter.command(commands, command);
        ByteBuf replies = Unpooled.copiedBuffer(reply + "\r\n", StandardCharsets.ISO_8859_1);
        recorder.record(0, true, 1, commands, 0, commands.readableBytes(), replies, 0, replies.readableBytes());
    }

    void invalidated(String command) {
        ByteBuf commands = commandBytes(command);
        recorder.invalidate(0, 1, commands, 0, commands.readableBytes());
    }

    private static ByteBuf commandBytes(String command) {
        ByteBuf commands = Unpooled.buffer();
        RespWriter.command(commands, words(command));
        return commands;
    }

    private static byte[][] words(String command) {
        return bytes(command.split(" ", -1));
    }

    private static byte[][] bytes(String... words) {
        byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.ISO_8859_1);
        }
        return bytes;
    }

    /** Reads what is recorded, so that an outage may begin. */
    StoreFixture drained() {
        recorder.drain(() -> {});
        return this;
    }

    /** Redis is back, and there is nothing to bring. */
    void reconcileNothing() {
        ByteBuf out = Unpooled.buffer();
        if (store.reconcile(false).next(out) != 0) {
            throw new AssertionError("the journal is not empty");
        }
    }

    String memoryOnly(String command) {
        return run(Mode.MEMORY_ONLY, 0, command);
    }

    String outage(String command) {
        return run(Mode.OUTAGE, 0, command);
    }

    /** A transaction of commands with semicolons between them. */
    String exec(Mode mode, String commands) {
        ByteBuf out = Unpooled.buffer();
        List<byte[][]> queued = commands.isEmpty()
                ? List.of()
                : Stream.of(commands.split("; ")).map(StoreFixture::words).toList();
        return said(store.executeAll(mode, 0, queued, 2, out), out);
    }

    /** HOLD, or the reply with its line ends as spaces. */
    String run(Mode mode, int db, String command) {
        return run(mode, db, command.split(" ", -1));
    }

    String run(Mode mode, int db, String... command) {
        ByteBuf out = Unpooled.buffer();
        return said(store.execute(mode, db, bytes(command), 2, out), out);
    }

    private static String said(Outcome outcome, ByteBuf out) {
        String reply =
                out.toString(StandardCharsets.ISO_8859_1).replace("\r\n", " ").trim();
        return switch (outcome) {
            case ANSWERED -> reply;
            case HOLD -> reply.isEmpty() ? "HOLD" : "HOLD with a reply: " + reply;
            case REFUSED -> "REFUSED " + reply;
        };
    }
}
