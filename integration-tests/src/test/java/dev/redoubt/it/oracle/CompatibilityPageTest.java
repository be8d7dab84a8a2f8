package dev.redoubt.it.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompatibilityPageTest {
    /** The tests of a module run in its directory. */
    private static final Path PAGE = Path.of("..").resolve(CompatibilityPage.PAGE);

    @Test
    void pageIsUpToDate() throws IOException {
        String page = Files.readString(PAGE);

        assertEquals(
                CompatibilityPage.renewed(page),
                page,
                CompatibilityPage.PAGE + " is out of date: run ./dev docs, and commit what it wrote");
    }

    @Test
    void exceptionsAreListedByUnitAndReason() {
        TestList exceptions = TestList.parse("== unit/a\n! why\nx\ny (#2)\n! else\nz `q`\n== unit/b\n! why\nx\n");

        assertEquals("""

            **unit/a**

            - why
              - `x`
              - `y (#2)`
            - else
              - `z 'q'`

            **unit/b**

            - why
              - `x`
            """, CompatibilityPage.exceptions(exceptions));
    }
}
