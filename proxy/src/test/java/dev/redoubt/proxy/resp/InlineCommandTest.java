package dev.redoubt.proxy.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line was sent to a Redis 7.0.15, which took it apart in this way. */
class InlineCommandTest {
    /** The arguments are shown in brackets. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            PING                      => [PING]
            GET key                   => [GET][key]
            SET  k\\t \\tv            => [SET][k][v]
            PING\\r                   => [PING]
            \\x0bPING                 => [PING]
            PING "a b"                => [PING][a b]
            PING 'a b'                => [PING][a b]
            PING ""                   => [PING][]
            PING ''                   => [PING][]
            "PING" "a" 'b'            => [PING][a][b]
            PING "a"\\x0b"b"          => [PING][a][b]
            PING a"b c"               => [PING][ab c]
            PING a'b'                 => [PING][ab]
            PING a\\x0bb              => [PING][a\\x0bb]
            PING\\x0c                 => [PING\\x0c]
            PING "\\\\x41\\\\x0a"     => [PING][A\\x0a]
            PING "\\\\xFf\\\\xfF"     => [PING][\\xff\\xff]
            PING "\\\\n\\\\r\\\\t\\\\b\\\\a" => [PING][\\n\\r\\x09\\x08\\x07]
            PING "\\\\q\\\\"\\\\\\\\" => [PING][q"\\\\]
            PING "\\\\x4"             => [PING][x4]
            PING "\\\\x4G"            => [PING][x4G]
            PING "\\\\xzz"            => [PING][xzz]
            PING 'a\\\\'b\\\\n\\\\x41' => [PING][a'b\\\\n\\\\x41]
            PING \\\\x41              => [PING][\\\\x41]
            PING \\xc3\\xa9           => [PING][\\xc3\\xa9]
            """)
    void lineIsSplitAsRedisDoesIt(String line, String expected) {
        assertEquals(latin1(Wire.unescaped(expected)), split(Wire.unescaped(escapedTabs(line))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r", " \t\u000b\f\r "})
    void blankLineIsNoCommand(String line) {
        assertEquals("", split(Wire.bytes(line)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PING \"a",
                "PING 'a",
                "PING \"",
                "PING '",
                "PING \"a\"b",
                "PING 'a'b",
                "PING \"a\"\"b\"",
                "PING \"a\\\"",
                "PING \"a\\",
                "PING 'a\\'",
                "PING 'a\\",
                "PING a\"b"
            })
    void quotesThatDoNotCloseAreRefused(String line) {
        assertNull(InlineCommand.split(Wire.bytes(line)));
        assertNull(InlineCommand.split(Wire.bytes(line + "\r")));
    }

    @Test
    void longLineIsOneArgument() {
        String word = "x".repeat(70_000);

        assertEquals("[" + word + "]", split(Wire.bytes(word)));
    }

    private static String escapedTabs(String line) {
        return line.replace("\\t", "\\x09");
    }

    private static String split(byte[] line) {
        byte[][] arguments = InlineCommand.split(line);
        assertNotNull(arguments);
        return Arrays.stream(arguments)
                .map(argument -> "[" + latin1(argument) + "]")
                .collect(Collectors.joining());
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
