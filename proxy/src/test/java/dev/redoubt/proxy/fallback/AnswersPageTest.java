package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AnswersPageTest {
    /** The tests of a module run in its directory. */
    private static final Path PAGE = Path.of("..", "docs", "answers-in-an-outage.md");

    @Test
    void tableIsWhatTheStoreDoes() throws IOException {
        String page = Files.readString(PAGE);

        assertEquals(
                AnswersPage.renewed(page),
                page,
                "docs/answers-in-an-outage.md is out of date: run ./dev docs, and commit what it wrote");
    }
}
