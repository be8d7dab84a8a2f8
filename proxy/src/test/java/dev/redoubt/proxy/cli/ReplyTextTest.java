package dev.redoubt.proxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTextTest {
    @Test
    void singleRepliesLookAsInRedisCli() {
        assertEquals("OK", ReplyText.of(new Reply.Status("OK")));
        assertEquals("(error) ERR no", ReplyText.of(new Reply.Failure("ERR no")));
        assertEquals("(integer) 7", ReplyText.of(new Reply.Number(7)));
        assertEquals("(nil)", ReplyText.of(new Reply.Nil()));
        assertEquals("(double) 1.5", ReplyText.of(new Reply.Scalar("double", "1.5")));
        assertEquals("(empty array)", ReplyText.of(new Reply.Items(List.of())));
    }

    @Test
    void textIsQuotedAndEscaped() {
        assertEquals(
                "\"a \\\"b\\\" \\\\ \\n\\r\\t\\a\\b \\x00\\xff\"",
                ReplyText.of(text("a \"b\" \\ \n\r\t\u0007\b \0\u00ff")));
    }

    @Test
    void listsAreNumberedAndNested() {
        Reply inner = new Reply.Items(List.of(text("b"), new Reply.Number(2)));

        assertEquals("""
                1) "a"
                2) 1) "b"
                   2) (integer) 2
                3) (empty array)""", ReplyText.of(new Reply.Items(List.of(text("a"), inner, new Reply.Items(List.of())))));
    }

    @Test
    void numbersOfALongListAreAligned() {
        String lines = ReplyText.of(new Reply.Items(Collections.nCopies(10, text("x"))));

        assertEquals(" 1) \"x\"", lines.lines().findFirst().orElseThrow());
        assertEquals("10) \"x\"", lines.lines().skip(9).findFirst().orElseThrow());
    }

    @Test
    void mapsShowTheirPairs() {
        Reply nested = new Reply.Pairs(List.of(text("c"), new Reply.Nil()));

        assertEquals("""
                1# "a" => (integer) 1
                2# "b" =>\s
                   1# "c" => (nil)""", ReplyText.of(new Reply.Pairs(List.of(text("a"), new Reply.Number(1), text("b"), nested))));
    }

    @Test
    void pagesAreShownAsTheyAre() {
        assertEquals("# Server\nversion:7", ReplyText.page(text("# Server\nversion:7\n")));
        assertEquals("(error) ERR no", ReplyText.page(new Reply.Failure("ERR no")));
    }

    private static Reply text(String latin1) {
        return new Reply.Text(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
