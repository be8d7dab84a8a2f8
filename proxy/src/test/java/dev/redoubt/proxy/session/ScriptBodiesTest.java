package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptBodiesTest {
    private final ScriptBodies bodies = new ScriptBodies(3, 20);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private List<String> all() {
        return bodies.all().stream()
                .map(script -> new String(script.body(), StandardCharsets.US_ASCII))
                .toList();
    }

    @Test
    void nameIsRediss() {
        byte[] sha = bodies.of(bytes("return 1")).sha();

        assertEquals("e0e1f9fabfc9d4800c877a703b823ac0578ff8db", new String(sha, StandardCharsets.US_ASCII));
        assertNotNull(bodies.find(bytes("E0E1F9FABFC9D4800C877A703B823AC0578FF8DB")));
        assertNull(bodies.find(bytes("e0e1f9fabfc9d4800c877a703b823ac0578ff8dc")));
    }

    @Test
    void keepsThoseUsedLast() {
        List.of("a", "b", "c", "a", "d").forEach(body -> bodies.of(bytes(body)));

        assertEquals(List.of("c", "a", "d"), all());
    }

    @Test
    void keepsSoManyBytes() {
        bodies.of(bytes("0123456789"));
        bodies.of(bytes("abcdefghij"));
        bodies.of(bytes("x"));

        assertEquals(List.of("abcdefghij", "x"), all());
    }

    @Test
    void whatIsLargerThanAllIsNotKept() {
        bodies.of(bytes("x"));
        bodies.of(bytes("0123456789012345678901"));

        assertEquals(List.of("x"), all());
    }

    @Test
    void clearForgetsAll() {
        byte[] sha = bodies.of(bytes("x")).sha();

        bodies.clear();

        assertNull(bodies.find(sha));
        assertEquals(List.of(), all());
    }
}
