package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.lane.ByteAccount;
import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.lane.TestSocket;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.resp.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final int CHUNK = 16 * 1024;

    private final TestSocket socket = new TestSocket(new TestLoop());
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final List<String> events = new ArrayList<>();
    private final SpareReply spare = new SpareReply();
    private final Output output = new Output(allocated(), new ByteAccount(), spare, () -> events.add("drained"));

    private TestSocket allocated() {
        socket.config().setAllocator(allocator);
        socket.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                events.add(cause.getClass().getSimpleName());
            }
        });
        return socket;
    }

    @AfterEach
    void close() {
        output.release();
        spare.release();
        socket.reset();
        assertEquals(0, allocator.metric().usedDirectMemory());
    }

    /** Adds and flushes, as one read of the upstream does; the bytes are then used for something else. */
    private void reply(String text) {
        ByteBuf source = Unpooled.buffer().writeBytes(Wire.bytes("xx" + text + "yy"));
        output.add(source, 2, text.length());
        output.flush();
        if (source.refCnt() == 1) {
            source.setZero(0, source.capacity());
        }
        source.release();
    }

    @Test
    void repliesLeaveInTheOrderInWhichTheyWereAdded() {
        ByteBuf first = Unpooled.wrappedBuffer(Wire.bytes("+1\r\n+2\r\n+3\r\n"));
        ByteBuf second = Unpooled.wrappedBuffer(Wire.bytes("+7\r\n"));
        RespWriter.simpleString(output.own(), "0");
        output.add(first, 0, 4);
        output.add(first, 4, 4);
        RespWriter.simpleString(output.own(), "own");
        RespWriter.simpleString(output.own(), "own");
        output.add(first, 8, 4);
        output.add(second, 0, 4);
        output.flush();

        assertEquals("+0\r\n+1\r\n+2\r\n+own\r\n+own\r\n+3\r\n+7\r\n", socket.takeSentText());
        assertTrue(output.isClear());
        first.release();
        second.release();
    }

    @Test
    void partsOfOneBufferThatAreNotNeighboursStayApart() {
        ByteBuf source = Unpooled.wrappedBuffer(Wire.bytes("+1\r\n:skip\r\n+2\r\n+1\r\n"));
        output.add(source, 0, 4);
        output.add(source, 11, 4);
        output.add(source, 0, 4);
        output.flush();

        assertEquals("+1\r\n+2\r\n+1\r\n", socket.takeSentText());
        source.release();
    }

    @Test
    void nothingIsWrittenBeforeTheFlush() {
        ByteBuf source = Unpooled.wrappedBuffer(Wire.bytes("+1\r\n"));
        output.add(source, 0, 4);
        RespWriter.simpleString(output.own(), "2");

        assertEquals("", socket.takeSentText());

        output.flush();
        assertEquals("+1\r\n+2\r\n", socket.takeSentText());
        source.release();
    }

    @Test
    void bufferThatStayedEmptyIsNotWritten() {
        output.own();
        output.flush();

        assertEquals("", socket.takeSentText());
        assertTrue(output.isClear());
    }

    @Test
    void whatTheSocketDoesNotTakeIsCopied() {
        socket.takeOnly(2);
        reply("+1\r\n");
        assertFalse(output.isClear());
        ByteBuf source = Unpooled.buffer().writeBytes(Wire.bytes("+2\r\n"));
        output.add(source, 0, 4);
        output.flush();

        assertEquals(1, source.refCnt(), "it may be used again at once");
        assertEquals(4, output.unreadBytes());
        source.release();
    }

    @Test
    void everythingArrivesInOrderThroughABlockedSocket() {
        socket.takeOnly(6);
        reply("+1\r\n");
        reply("+2\r\n");
        reply("+3\r\n");
        RespWriter.simpleString(output.own(), "own");
        output.flush();
        reply("+4\r\n");
        assertEquals("+1\r\n+2", socket.takeSentText());
        assertEquals(List.of(), events);

        socket.takeAll();

        assertEquals("\r\n+3\r\n+own\r\n+4\r\n", socket.takeSentText());
        assertEquals(0, output.unreadBytes());
        assertTrue(events.contains("drained"));
        assertTrue(output.isClear());
        reply("+5\r\n");
        assertEquals("+5\r\n", socket.takeSentText());
    }

    @Test
    void smallRepliesDoNotKeepTheBuffersAliveThatTheyCameIn() {
        socket.takeOnly(1);
        reply("+first\r\n");
        for (int i = 0; i < 1_000; i++) {
            ByteBuf source = allocator.directBuffer(CHUNK, CHUNK).writeBytes(Wire.bytes("+" + (1000 + i) + "\r\n"));
            output.add(source, 0, source.readableBytes());
            output.flush();
            source.release();
        }

        assertEquals(7_000, output.unreadBytes());
        assertEquals(CHUNK, allocator.metric().usedDirectMemory());
    }

    @Test
    void muchUnreadOutputLeavesInBatches() {
        String reply = "$10000\r\n" + "x".repeat(10_000) + "\r\n";
        StringBuilder expected = new StringBuilder();
        socket.takeOnly(0);
        for (int i = 0; i < 300; i++) {
            reply(reply);
            expected.append(reply);
        }
        long unread = output.unreadBytes();
        assertEquals(expected.length() - reply.length(), unread);

        socket.takeOnly(reply.length());
        assertTrue(output.unreadBytes() >= unread - 300_000, "one batch is with the socket, the rest waits here");
        assertEquals(List.of(), events);
        socket.takeAll();

        assertEquals(expected.toString(), socket.takeSentText());
        assertTrue(events.contains("drained"));
    }

    @Test
    void taskRunsWhenEverythingIsSent() {
        socket.takeOnly(2);
        reply("+1\r\n");
        reply("+2\r\n");
        output.whenSent(() -> events.add("sent"));
        assertEquals(List.of(), events);

        socket.takeAll();

        assertEquals(1, Collections.frequency(events, "sent"));
        assertEquals("sent", events.get(events.size() - 1));
        assertEquals("+1\r\n+2\r\n", socket.takeSentText());
    }

    @Test
    void taskRunsAtOnceWhenThereIsNothingToSend() {
        reply("+1\r\n");

        output.whenSent(() -> events.add("sent"));

        assertEquals(List.of("sent"), events);
    }

    @Test
    void lostSocketDrainsNothing() {
        socket.takeOnly(2);
        reply("+1\r\n");
        reply("+2\r\n");

        socket.reset();

        assertEquals(List.of("StacklessClosedChannelException"), events);
    }

    @Test
    void randomRepliesThroughASocketThatTakesSomeNowAndThenArriveWhole() {
        long seed = Long.getLong("redoubt.seed", System.nanoTime());
        System.out.println("OutputTest: -Dredoubt.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder expected = new StringBuilder();
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            String text = "+" + i + "x".repeat(random.nextInt(20) == 0 ? 20_000 : random.nextInt(50)) + "\r\n";
            expected.append(text);
            if (random.nextInt(4) == 0) {
                output.own().writeBytes(Wire.bytes(text));
                if (random.nextBoolean()) {
                    output.flush();
                }
            } else {
                reply(text);
            }
            if (random.nextInt(3) == 0) {
                socket.takeOnly(random.nextInt(30) == 0 ? 1_000_000 : random.nextInt(2_000));
                sent.append(socket.takeSentText());
            }
        }
        output.flush();
        socket.takeAll();
        assertEquals(expected.toString(), sent + socket.takeSentText());
        assertEquals(0, output.unreadBytes());
    }
}
