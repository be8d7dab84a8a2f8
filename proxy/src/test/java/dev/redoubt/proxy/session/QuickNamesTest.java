package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickNamesTest {
    private final QuickNames names = new QuickNames();

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private boolean finds(String name) {
        ByteBuf buf = Unpooled.wrappedBuffer(bytes("xx" + name + "yy"));
        boolean found = names.contains(buf, 2, name.length());
        return found && names.contains(bytes(name));
    }

    @Test
    void findsWhatWasAddedAndNothingElse() {
        names.add(bytes("sum"));
        names.add(bytes("0123456789012345678901234567890123456789"));

        assertTrue(finds("sum"));
        assertTrue(finds("0123456789012345678901234567890123456789"));
        assertFalse(finds("Sum"));
        assertFalse(finds("su"));
        assertFalse(finds(""));
        assertFalse(finds("012345678901234567890123456789012345678x"));
    }

    @Test
    void forgetsAllRatherThanGrow() {
        for (int i = 0; i < 10_000; i++) {
            names.add(bytes("name" + i));
            assertTrue(finds("name" + i));
        }

        assertFalse(finds("name0"));
    }

    @Test
    void namesThatAreTooLongAreNotTaken() {
        String name = "n".repeat(65);

        names.add(bytes(name));

        assertFalse(names.contains(bytes(name)));
        assertFalse(finds(name));
    }
}
