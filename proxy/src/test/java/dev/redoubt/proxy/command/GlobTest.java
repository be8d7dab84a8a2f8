package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "user:*, user:1, true",
        "user:*, users:1, false",
        "*:1, user:1, true",
        "a*b*c, aXbXbXc, true",
        "a*b*c, aXbXbX, false",
        "h?llo, hello, true",
        "h?llo, hllo, false",
        "h[ae]llo, hallo, true",
        "h[ae]llo, hillo, false",
        "h[^e]llo, hallo, true",
        "h[^e]llo, hello, false",
        "h[a-c]llo, hbllo, true",
        "h[c-a]llo, hbllo, true",
        "h[a-c]llo, hdllo, false",
        "h\\*llo, h*llo, true",
        "h\\*llo, hxllo, false",
        "h[\\]]llo, h]llo, true",
        "x[ab, xa, true",
        "x[ab, xc, false",
        "'', x, false",
        "**, x, true",
    })
    void matchesAsKeysDoes(String pattern, String text, boolean expected) {
        Glob glob = new Glob(pattern);

        boolean matches = glob.matches(text.getBytes(StandardCharsets.UTF_8));

        assertEquals(expected, matches);
    }
}
