package dev.redoubt.proxy.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.redoubt.proxy.resp.CommandScannerFuzz;
import dev.redoubt.proxy.resp.InlineCommandFuzz;
import dev.redoubt.proxy.resp.ReplyScannerFuzz;
import dev.redoubt.proxy.session.ReplyPathFuzz;
import dev.redoubt.proxy.session.SessionFuzz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code ./dev fuzz} begins with, and what it once found, in every run of the tests. */
class FuzzCorpusTest {
    private interface Target {
        void run(byte[] input);
    }

    @Test
    void commandScanner() throws Exception {
        runAll("CommandScannerFuzz", CommandScannerFuzz::fuzzerTestOneInput);
    }

    @Test
    void replyScanner() throws Exception {
        runAll("ReplyScannerFuzz", ReplyScannerFuzz::fuzzerTestOneInput);
    }

    @Test
    void inlineCommand() throws Exception {
        runAll("InlineCommandFuzz", InlineCommandFuzz::fuzzerTestOneInput);
    }

    @Test
    void session() throws Exception {
        runAll("SessionFuzz", SessionFuzz::fuzzerTestOneInput);
    }

    @Test
    void replyPath() throws Exception {
        runAll("ReplyPathFuzz", ReplyPathFuzz::fuzzerTestOneInput);
    }

    private static void runAll(String corpus, Target target) throws IOException, URISyntaxException {
        Path directory = Path.of(FuzzCorpusTest.class.getResource(corpus).toURI());
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.sorted().toList();
            assertFalse(all.isEmpty());
            for (Path file : all) {
                target.run(Files.readAllBytes(file));
            }
        }
    }
}
