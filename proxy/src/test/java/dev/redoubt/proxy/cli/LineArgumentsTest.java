package dev.redoubt.proxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineArgumentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`  SET  a\tb `      | SET,a,b",
                "SET a \"b c\"       | SET,a,b c",
                "SET a 'b c'         | SET,a,b c",
                "SET a \"\"          | SET,a,",
                "\"\\x41\\x4a\"      | AJ",
                "\"\\\\ \\\" \\q\"   | \\ \" q",
                "'it\\'s \\n'        | it's \\n",
                "pre\"fix\"          | prefix",
                "\"\\xzz\"           | xzz",
                "größe               | größe",
            })
    void wordsAreFound(String line, String words) {
        String found = String.join(
                ",",
                LineArguments.split(line).orElseThrow().stream()
                        .map(word -> new String(word, StandardCharsets.UTF_8))
                        .toList());

        assertEquals(words == null ? "" : words, found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a", "'a", "\"a\"b", "'a'b", "\"a\\", "\"a\\\""})
    void openOrMisplacedQuotesAreRefused(String line) {
        assertTrue(LineArguments.split(line).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void emptyLineHasNoWords(String line) {
        assertTrue(LineArguments.split(line).orElseThrow().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"\\n,10", "\\r,13", "\\t,9", "\\b,8", "\\a,7", "\\xff,-1"})
    void escapesMakeOneByte(String escape, byte expected) {
        byte[] word = LineArguments.split('"' + escape + '"').orElseThrow().get(0);

        assertEquals(1, word.length, Arrays.toString(word));
        assertEquals(expected, word[0]);
    }
}
