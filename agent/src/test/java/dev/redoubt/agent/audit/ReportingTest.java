package dev.redoubt.agent.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.agent.observe.ClientKind;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports reach where they are wanted, when they are wanted. */
class ReportingTest {
    private final Scene scene = new Scene();
    private final List<String> said = new ArrayList<>();
    private final List<Integer> statuses = new ArrayList<>();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void withoutAFileReportsGoToStandardError() throws IOException {
        reporting(null, false).write(false);

        assertTrue(errors().startsWith("redoubt-agent: Redis clients of 42 legacy.jar"), errors());
    }

    @Test
    void aReportTakesThePlaceOfTheLastOne() throws IOException {
        File file = directory.resolve("report.json").toFile();
        Reporting reporting = reporting(file, true);

        reporting.write(false);
        scene.jedis(Scene.DAO);
        reporting.write(true);

        String text = text(file);
        assertTrue(text.startsWith("{\"schema\":1,"), text);
        assertTrue(text.endsWith("}\n"), text);
        assertTrue(text.contains("\"final\":true") && text.contains("\"constructed\":1"), text);
        assertEquals(1, directory.toFile().list().length, "nothing is left beside it");
        assertEquals("", errors());
    }

    @Test
    void whatCannotBeWrittenIsSaidOnce() throws IOException {
        Reporting reporting =
                reporting(directory.resolve("missing").resolve("report").toFile(), false);

        reporting.write(false);
        reporting.write(false);

        assertEquals(1, said.size(), said.toString());
        assertTrue(said.get(0).startsWith("the report cannot be written to "), said.get(0));
    }

    @Test
    void onIntervalMeansEachTimeItIsOver() throws IOException {
        File file = directory.resolve("report").toFile();
        ReportLoop loop = loop(reporting(file, false), 60_000, null);

        loop.tick();
        scene.ticker.move(59, TimeUnit.SECONDS);
        loop.tick();
        assertFalse(file.exists());

        scene.ticker.move(1, TimeUnit.SECONDS);
        loop.tick();
        assertTrue(file.delete());
        loop.tick();
        assertFalse(file.exists());

        scene.ticker.move(60, TimeUnit.SECONDS);
        loop.tick();
        assertTrue(file.exists());
    }

    @Test
    void withoutAnIntervalThereIsNone() throws IOException {
        File file = directory.resolve("report").toFile();
        ReportLoop loop = loop(reporting(file, false), 0, null);

        scene.ticker.move(1, TimeUnit.DAYS);
        loop.tick();

        assertFalse(file.exists());
    }

    @Test
    void onRequestMeansWhenTheFileIsThere() throws IOException {
        File file = directory.resolve("report").toFile();
        File request = directory.resolve("request").toFile();
        ReportLoop loop = loop(reporting(file, false), 0, request);
        loop.tick();
        assertFalse(file.exists());

        assertTrue(request.createNewFile());
        loop.tick();

        assertTrue(file.delete());
        assertFalse(request.exists(), "it is answered");
        loop.tick();
        assertFalse(file.exists(), "once");
    }

    @Test
    void theGarbageCollectorsFindsAreNoticedWithoutAnybodyAsking() throws IOException {
        ReportLoop loop = loop(reporting(null, false), 0, null);
        scene.collect(scene.jedis(Scene.DAO));

        loop.tick();

        assertEquals(0, scene.audit.herd().size());
    }

    @ParameterizedTest
    @CsvSource({"-1, 3, false", "0, 0, false", "0, 1, true", "3, 3, false", "3, 4, true"})
    void moreUnclosedClientsThanAllowedChangeTheStatus(long failOver, int unclosed, boolean fails) throws IOException {
        for (int i = 0; i < unclosed; i++) {
            scene.jedis(Scene.DAO);
        }
        scene.audit.closed(ClientKind.JEDIS, scene.jedis(Scene.DAO)[0]);

        new Farewell(reporting(null, false), false, failOver, said::add, statuses::add).run();

        assertEquals(fails ? 1 : 0, statuses.size());
        assertEquals(fails ? 1 : 0, said.size());
        if (fails) {
            assertEquals(86, statuses.get(0));
            assertTrue(said.get(0).startsWith("FAILED: " + unclosed + " Redis clients were never closed"), said.get(0));
        }
    }

    @Test
    void theLastReportIsWrittenBeforeTheJvmEnds() throws IOException {
        scene.jedis(Scene.DAO);
        String[] before = new String[1];

        new Farewell(reporting(null, false), true, 0, said::add, status -> before[0] = errors()).run();

        assertTrue(before[0].contains(", at its end\n"), before[0]);
    }

    @Test
    void whoAsksForNoLastReportGetsNone() throws IOException {
        new Farewell(reporting(null, false), false, -1, said::add, statuses::add).run();

        assertEquals("", errors());
    }

    private Reporting reporting(File file, boolean isJson) throws IOException {
        PrintStream otherwise = new PrintStream(errors, true, "UTF-8");
        return new Reporting(
                scene.audit,
                scene.report().self,
                scene.ticker,
                false,
                new ReportSink(file, isJson, otherwise, said::add),
                null);
    }

    private ReportLoop loop(Reporting reporting, long intervalMillis, File request) {
        BeanDesk desk = new BeanDesk(new AgentBean(reporting));
        return new ReportLoop(scene.audit, reporting, desk, scene.ticker, intervalMillis, request, () -> {});
    }

    private String errors() {
        return new String(errors.toByteArray(), StandardCharsets.UTF_8);
    }

    private static String text(File file) throws IOException {
        return new String(Files.readAllBytes(file.toPath()), StandardCharsets.UTF_8);
    }
}
