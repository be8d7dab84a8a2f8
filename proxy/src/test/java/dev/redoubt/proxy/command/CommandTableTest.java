package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandTableTest {
    private final CommandTable table = CommandTable.builtIn();

    @Test
    void everyCommandIsFoundInAnyCase() {
        for (CommandSpec spec : table.specs()) {
            String name = spec.name();
            assertSame(spec, findAt(name, 0, ""), name);
            assertSame(spec, findAt(name.toUpperCase(Locale.ROOT), 0, ""), name);
            assertSame(spec, findAt(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), 0, ""), name);
            assertSame(spec, table.find(Words.bytes(name.toUpperCase(Locale.ROOT))), name);
            assertSame(spec, table.find(name), name);
        }
    }

    @Test
    void everySubcommandIsFoundInAnyCase() {
        for (CommandSpec container : table.specs()) {
            for (CommandSpec spec : container.subcommands()) {
                String simpleName = spec.name().substring(container.name().length() + 1);
                assertSame(spec, container.subcommand(Words.bytes(simpleName.toUpperCase(Locale.ROOT))));
                assertSame(spec, table.find(spec.name()));
            }
        }
    }

    @Test
    void whatSurroundsTheNameDoesNotMatter() {
        for (CommandSpec spec : table.specs()) {
            assertSame(spec, findAt(spec.name(), 5, "\r\n$1\r\nk\r\n"), spec.name());
            assertSame(spec, findAt(spec.name(), 3, "xyz"), spec.name());
            assertSame(spec, findAt(spec.name(), 1, "\0"), spec.name());
        }
    }

    @Test
    void bytesBehindTheWriterIndexAreNotRead() {
        byte[] old = Words.bytes("get_and_leftovers");
        ByteBuf buf = Unpooled.wrappedBuffer(old);
        buf.writerIndex(3);

        assertSame(table.find("get"), table.find(buf, 0, 3));
    }

    @Test
    void namesThatDifferInOneByteAreDifferentNames() {
        for (CommandSpec spec : table.specs()) {
            String name = spec.name();
            for (int i = 0; i < name.length(); i++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] other = Words.bytes(name);
                    other[i] ^= (byte) (1 << bit);
                    assertFoundByItsOwnNameOnly(other);
                }
            }
            assertFoundByItsOwnNameOnly(Words.bytes(name + "\0"));
            assertFoundByItsOwnNameOnly(Words.bytes("\0" + name));
            assertFoundByItsOwnNameOnly(Words.bytes(name + name));
            assertFoundByItsOwnNameOnly(Words.bytes(name.substring(1)));
            assertFoundByItsOwnNameOnly(Words.bytes(name.substring(0, name.length() - 1)));
        }
    }

    @Test
    void randomBytesAreFoundOnlyIfTheyAreAName() {
        long seed = Long.getLong("redoubt.seed", System.nanoTime());
        System.out.println("CommandTableTest: -Dredoubt.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] name = new byte[random.nextInt(40)];
            random.nextBytes(name);
            assertFoundByItsOwnNameOnly(name);
        }
    }

    @Test
    void namesOfMoreThan24BytesAreFoundToo() {
        String name = "graph.constraint.create.unique";
        CommandTable merged = table.merge(java.util.List.of(
                new UpstreamCommand(name, -2, java.util.List.of("write"), 1, 1, 1, java.util.List.of())));

        assertEquals(name, merged.find(name.toUpperCase(Locale.ROOT)).name());
        assertEquals(
                name,
                merged.find(Unpooled.copiedBuffer(Words.bytes(name)), 0, name.length())
                        .name());
        assertNull(merged.find(name + "s"));
    }

    @Test
    void aSubcommandIsNotACommand() {
        assertNull(table.find(Words.bytes("client|kill")));
        assertNotNull(table.find("client|kill"));
        assertNull(table.find("get|kill"));
    }

    @Test
    void theBuiltInCopyDoesNotClaimToComeFromAnUpstream() {
        assertFalse(table.isFromUpstream());
        assertTrue(table.specs().stream().allMatch(CommandSpec::isOffered));
    }

    @Test
    void onlySharedCommandsHaveAFallback() {
        for (CommandSpec spec : table.specs()) {
            boolean forwarded =
                    spec.route() == Route.SHARED || spec.route() == Route.INFO || spec.route() == Route.LARGE;
            assertTrue(spec.fallback() == Fallback.NONE || forwarded, spec.name());
            for (CommandSpec subcommand : spec.subcommands()) {
                boolean shared = subcommand.route() == Route.SHARED;
                assertTrue(subcommand.fallback() == Fallback.NONE || shared, subcommand.name());
            }
        }
    }

    @Test
    void whatIsNewerThanTheTestServersIsNotProven() {
        assertTrue(table.find("get").isProven());
        assertTrue(table.find("blmpop").isProven());
        assertFalse(table.find("waitaof").isProven());
        assertFalse(table.find("hexpire").isProven());
        assertFalse(table.find("vadd").isProven());
        assertFalse(table.find("script|show").isProven());
    }

    private void assertFoundByItsOwnNameOnly(byte[] name) {
        CommandSpec expected = table.specs().stream()
                .filter(spec -> spec.name().equals(asciiLower(name)))
                .findFirst()
                .orElse(null);
        assertSame(expected, table.find(name));
        assertSame(expected, table.find(Unpooled.wrappedBuffer(name), 0, name.length));
        ByteBuf longer = Unpooled.wrappedBuffer(name, Words.bytes("\r\n$100\r\n0123456789"));
        assertSame(expected, table.find(longer, 0, name.length));
    }

    private static String asciiLower(byte[] name) {
        StringBuilder lower = new StringBuilder();
        for (byte letter : name) {
            lower.append((char) (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter & 0xFF));
        }
        return lower.toString();
    }

    private @Nullable CommandSpec findAt(String name, int before, String after) {
        ByteBuf buf = Unpooled.buffer();
        buf.writeZero(before);
        buf.writeCharSequence(name + after, StandardCharsets.ISO_8859_1);
        return table.find(buf, before, name.length());
    }
}
