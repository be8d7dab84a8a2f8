package dev.redoubt.agent.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProxyProbeTest {
    private final Scripted world = new Scripted();
    private final ProxyProbe probe = new ProxyProbe(world);

    @Test
    void whatWasFoundIsTrustedForASecond() {
        assertTrue(probe.isUp());
        world.isThere = false;
        world.nanos += ProxyProbe.TRUST_NANOS;
        assertTrue(probe.isUp());
        assertEquals(1, world.looks);

        world.nanos++;

        assertFalse(probe.isUp());
        assertEquals(2, world.looks);
    }

    @Test
    void aClientThatCannotConnectMakesItDownAtOnce() {
        assertTrue(probe.isUp());

        probe.isDown();

        assertFalse(probe.isUp());
        assertEquals(1, world.looks, "nobody looked for that");
    }

    @Test
    void whileOneLooksTheOthersGoByWhatWasFoundLast() {
        assertTrue(probe.isUp());
        world.nanos += ProxyProbe.TRUST_NANOS + 1;
        world.isThere = false;
        boolean[] others = {false};
        world.whileLooking = () -> others[0] = probe.isUp();

        assertFalse(probe.isUp());

        assertTrue(others[0]);
        assertEquals(2, world.looks, "the other one did not look as well");
    }

    @Test
    void aLookThatFailsIsNotTheLast() {
        assertTrue(probe.isUp());
        world.nanos += ProxyProbe.TRUST_NANOS + 1;
        world.whileLooking = () -> {
            throw new SecurityException();
        };
        try {
            probe.isUp();
        } catch (SecurityException expected) {
            world.whileLooking = () -> {};
        }
        world.isThere = false;

        assertFalse(probe.isUp());
    }

    private static final class Scripted implements ProxyProbe.World {
        private boolean isThere = true;
        private long nanos;
        private int looks;
        private Runnable whileLooking = () -> {};

        @Override
        public boolean canConnect() {
            looks++;
            whileLooking.run();
            return isThere;
        }

        @Override
        public long nanos() {
            return nanos;
        }
    }
}
