package dev.redoubt.agent.audit;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Where reports are written: a file, of which each report takes the place of the last, or standard error. What cannot be written is said
 * once and harms nobody. Confined to one thread at a time.
 */
final class ReportSink {
    private final @Nullable File file;
    private final boolean isJson;
    private final PrintStream otherwise;
    private final Voice voice;
    private boolean hasComplained;

    /** @param file null for none: then to {@code otherwise} */
    ReportSink(@Nullable File file, boolean isJson, PrintStream otherwise, Voice voice) {
        this.file = file;
        this.isJson = isJson;
        this.otherwise = otherwise;
        this.voice = voice;
    }

    synchronized void write(Report report) {
        String text = isJson ? JsonReport.of(report) + '\n' : TextReport.of(report);
        if (file == null) {
            otherwise.print(text);
            otherwise.flush();
            return;
        }
        try {
            replace(file.toPath(), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            complain(file, e);
        }
    }

    /** Whole or not at all, for whoever is reading; what is no plain file, as /dev/stderr, is written to. */
    private static void replace(Path target, byte[] bytes) throws IOException {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            Files.write(target, bytes);
            return;
        }
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        Files.write(fresh, bytes);
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private void complain(File where, Exception e) {
        if (!hasComplained) {
            hasComplained = true;
            voice.say("the report cannot be written to " + where + " (" + e + "); the application goes on as ever");
        }
    }
}
