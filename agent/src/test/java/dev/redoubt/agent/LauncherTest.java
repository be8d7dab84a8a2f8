package dev.redoubt.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LauncherTest {
    @Test
    void jvmsBeforeJava8AreTooOld() {
        assertTrue(Launcher.isTooOld("1.5"));
        assertTrue(Launcher.isTooOld("1.7"));
        assertFalse(Launcher.isTooOld("1.8"));
        assertFalse(Launcher.isTooOld("11"));
        assertFalse(Launcher.isTooOld("25"));
    }

    @Test
    void withoutAnAgentEachQuestionIsAnsweredWithTheValue() {
        assertEquals("value", Launcher.hooks.getOrDefault(new Object[] {"jedis.host", this}, "value"));
    }
}
