package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.resp.RandomReply;
import dev.redoubt.proxy.resp.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Replies of any shape and size, between pushes, cut anywhere: each client gets exactly its own bytes. */
class DataHandlerRandomTest {
    private static final int CLIENTS = 3;

    private final RecordingSink[] clients = new RecordingSink[CLIENTS];
    private final StringBuilder[] owed = new StringBuilder[CLIENTS];

    @Test
    void everyClientGetsItsOwnReplies() {
        long seed = Long.getLong("redoubt.seed", System.nanoTime());
        System.out.println("DataHandlerRandomTest: -Dredoubt.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        DataFixture fixture = new DataFixture();
        Arrays.setAll(clients, i -> new RecordingSink());
        Arrays.setAll(owed, i -> new StringBuilder());
        for (int round = 0; round < 100; round++) {
            byte[] replies = submit(fixture, random);
            int from = 0;
            for (int end : Wire.randomDelivery(replies.length, 1 + random.nextInt(400), random)) {
                fixture.socket.receive(Arrays.copyOfRange(replies, from, end));
                from = end;
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertEquals(owed[i].toString(), clients[i].takeReceived(), "round " + round);
                owed[i].setLength(0);
            }
            assertEquals(0, fixture.log.commands());
            assertTrue(fixture.socket.isOpen());
        }
        fixture.close();
    }

    /** Appends runs and units of several clients, and writes them; returns what Redis sends back. */
    private byte[] submit(DataFixture fixture, SplittableRandom random) {
        RandomReply shape = new RandomReply(random);
        ByteBuf replies = Unpooled.buffer();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int client = random.nextInt(CLIENTS);
            String[] commands = new String[1 + random.nextInt(5)];
            Arrays.fill(commands, "GET x");
            boolean unit = commands.length > 2 && random.nextBoolean();
            if (unit) {
                fixture.commands.unit(clients[client], commands);
            } else {
                fixture.commands.run(clients[client], commands);
            }
            for (int j = 0; j < commands.length; j++) {
                if (random.nextInt(5) == 0) {
                    shape.writePush(replies);
                }
                int start = replies.writerIndex();
                shape.write(replies, random.nextInt(4));
                if (!unit || j == commands.length - 1) {
                    owed[client].append(Wire.text(replies.retainedSlice(start, replies.writerIndex() - start)));
                }
            }
        }
        fixture.flush();
        return Wire.take(replies);
    }
}
