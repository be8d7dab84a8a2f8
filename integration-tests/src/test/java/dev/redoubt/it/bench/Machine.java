package dev.redoubt.it.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the figures were measured on and with, a line each. */
record Machine(List<String> lines) {

    static Machine of(Path project, Tools tools) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        lines.add("date %s, commit %s".formatted(LocalDate.now(ZoneOffset.UTC), commit(project, tools)));
        lines.add("%d cores, %s, Linux %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(), Proc.cpuModel(), System.getProperty("os.version")));
        lines.add("Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        version(tools, tools.redisServer(), "--version").ifPresent(lines::add);
        version(tools, tools.find("haproxy"), "-v").ifPresent(lines::add);
        version(tools, tools.find("nutcracker"), "--version").ifPresent(lines::add);
        return new Machine(List.copyOf(lines));
    }

    private static String commit(Path project, Tools tools) throws InterruptedException {
        Optional<String> git = tools.find("git");
        if (git.isEmpty() || !Files.exists(project.resolve(".git"))) {
            return "unknown";
        }
        List<String> command = List.of(git.get(), "-C", project.toString());
        String revision = tools.firstLine("git", with(command, "rev-parse", "--short", "HEAD"))
                .orElse("unknown");
        // The page that the results are written to may have changed: by the part that was measured before this one.
        List<String> status = List.of("status", "--porcelain", "--untracked-files=no", "--", ":(exclude)docs");
        boolean changed = tools.firstLine("git", with(command, status.toArray(String[]::new)))
                .isPresent();
        return revision + (changed ? " with changes" : "");
    }

    private static Optional<String> version(Tools tools, Optional<String> program, String option)
            throws InterruptedException {
        return program.isEmpty()
                ? Optional.empty()
                : tools.firstLine("version", List.of(program.get(), option))
                        .map(line -> line.replaceAll("\\s+(sha=|- https:).*", ""));
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }
}
