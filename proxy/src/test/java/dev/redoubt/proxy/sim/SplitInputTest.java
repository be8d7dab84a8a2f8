package dev.redoubt.proxy.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A session answers the same bytes with the same bytes, in however many pieces they come. */
class SplitInputTest {
    private static final int SEEDS = 25;
    private static final int COMMANDS = 25;
    private static final long PATIENCE = 60 * World.SECOND;

    /** How the input comes. */
    private interface Pieces {
        int next(World world, int left);
    }

    @Test
    void repliesDoNotDependOnHowTheInputIsSplit() {
        long chosen = Long.getLong("redoubt.seed", -1);
        for (long seed = chosen < 0 ? 1 : chosen; seed <= (chosen < 0 ? SEEDS : chosen); seed++) {
            String whole = answers(seed, (world, left) -> left);
            String split = answers(seed, (world, left) -> world.between(1, Math.min(left, 60)));
            String single = answers(seed, (world, left) -> 1);

            assertFalse(whole.isEmpty());
            assertEquals(whole, split, "split by chance, seed " + seed);
            assertEquals(whole, single, "byte by byte, seed " + seed);
        }
    }

    private static String answers(long seed, Pieces pieces) {
        World world = new World(seed, false);
        Site site = Site.of(world, Plan.of(world.random()).calm(), Mutant.NONE);
        SimConnector connector = new SimConnector(site, new ModelServer(site));
        SimHouse house = new SimHouse(site, connector);
        house.start();
        SimClient client = new SimClient(site, "client");
        byte[] input = new Script(site, client, COMMANDS, () -> {}).some(COMMANDS);
        client.link().channel().add(house.session());
        Answers answers = new Answers(client.link());
        while (world.turn(World.SECOND)) {
            // The upstream connects.
        }
        feed(world, client.link(), input, 0, pieces);
        while (world.turn(World.SECOND + PATIENCE)) {
            // Whatever has to happen happens.
        }
        assertEquals("[]", site.referee().broken().toString(), "seed " + seed);
        return answers.text();
    }

    private static void feed(World world, Link link, byte[] input, int from, Pieces pieces) {
        if (from < input.length && link.isOpen()) {
            int length = pieces.next(world, input.length - from);
            link.inject(FrameReader.part(input, from, from + length));
            world.after(1_000, () -> feed(world, link, input, from + length, pieces));
        }
    }

    /** All that the client is sent. */
    private static final class Answers implements Peer {
        private final StringBuilder text = new StringBuilder();
        private final Link link;

        Answers(Link link) {
            this.link = link;
            link.attach(this);
        }

        @Override
        public void onBytes(byte[] bytes) {
            text.append(new String(bytes, StandardCharsets.ISO_8859_1));
            link.consumed(bytes.length);
        }

        @Override
        public void onEnd() {
            text.append("closed");
        }

        String text() {
            String push = new String(ModelReply.push(), StandardCharsets.ISO_8859_1);
            return text.toString().replace(push, "").replaceAll("uptime_in_seconds:[0-9]+", "uptime");
        }
    }
}
