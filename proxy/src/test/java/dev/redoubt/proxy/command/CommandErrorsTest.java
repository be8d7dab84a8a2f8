package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The expected texts were taken from redis-server 7.0.15. */
class CommandErrorsTest {
    private final CommandTable table = CommandTable.builtIn();

    @Test
    void anUnknownCommandIsQuotedWithItsArguments() {
        assertEquals("-ERR unknown command 'foo', with args beginning with: 'a' 'b' \r\n", check("foo a b"));
        assertEquals("-ERR unknown command 'FOO', with args beginning with: \r\n", check("FOO"));
        assertEquals("-ERR unknown command 'config|get', with args beginning with: 'x' \r\n", check("config|get x"));
        assertEquals("-ERR unknown command '', with args beginning with: 'c' \r\n", check("'' c"));
    }

    @Test
    void atMost128BytesAreQuoted() {
        String x60 = "x".repeat(60);
        String two = "'" + x60 + "' '" + x60 + "' 'xx' \r\n";
        assertEquals(
                "-ERR unknown command 'foo', with args beginning with: " + two,
                check("foo " + x60 + " " + x60 + " " + x60));
        assertEquals(
                "-ERR unknown command '" + "f".repeat(128) + "', with args beginning with: 'x' \r\n",
                check("f".repeat(200) + " x"));
        assertEquals(
                "-ERR unknown subcommand '" + "s".repeat(128) + "'. Try CLIENT HELP.\r\n",
                check("client " + "s".repeat(200)));
    }

    @Test
    void lineBreaksBecomeSpacesAndOtherBytesStay() {
        byte[][] args = {Words.bytes("fo\r\no\1"), Words.bytes("x\n\2\u00c3\u00a9"), Words.bytes("a\0b")};

        assertEquals(
                "-ERR unknown command 'fo  o\1', with args beginning with: 'x \2\u00c3\u00a9' 'a' \r\n",
                text(CommandErrors.check(table, args)));
    }

    @Test
    void anUnknownSubcommandPointsToHelp() {
        assertEquals("-ERR unknown subcommand 'foo'. Try CONFIG HELP.\r\n", check("Config foo a b"));
        assertEquals("-ERR unknown subcommand ''. Try CONFIG HELP.\r\n", check("config ''"));
    }

    @Test
    void arityIsThatOfTheSubcommand() {
        assertEquals("-ERR wrong number of arguments for 'get' command\r\n", check("GET"));
        assertEquals("-ERR wrong number of arguments for 'config|get' command\r\n", check("CONFIG GET"));
        assertEquals("-ERR wrong number of arguments for 'object' command\r\n", check("OBJECT"));
        assertEquals("-ERR wrong number of arguments for 'command|count' command\r\n", check("command count a"));
    }

    @Test
    void whatRedisWouldRunIsNotAnError() {
        assertNull(check("get k"));
        assertNull(check("del a b c"));
        assertNull(check("command"));
        assertNull(check("CLIENT kill id 3"));
    }

    @Test
    void aCommandThatTheUpstreamDoesNotHaveIsUnknown() {
        CommandTable small =
                table.merge(List.of(new UpstreamCommand("get", 2, List.of("readonly"), 1, 1, 1, List.of())));

        assertNull(text(CommandErrors.check(small, Words.args("get k"))));
        assertEquals(
                "-ERR unknown command 'set', with args beginning with: 'k' 'v' \r\n",
                text(CommandErrors.check(small, Words.args("set k v"))));
    }

    private @Nullable String check(String call) {
        return text(CommandErrors.check(table, Words.args(call)));
    }

    private static @Nullable String text(byte @Nullable [] frame) {
        return frame == null ? null : Args.text(frame);
    }
}
