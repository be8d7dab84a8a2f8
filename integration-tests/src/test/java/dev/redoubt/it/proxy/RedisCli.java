package dev.redoubt.it.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The redis-cli of this machine, one command at a time. */
final class RedisCli {
    private RedisCli() {}

    static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("redis-cli", "--version").start().waitFor() == 0;
        } catch (IOException notFound) {
            return false;
        }
    }

    /** What it prints for a command, without the last line end. */
    static String run(List<String> whereTo, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("redis-cli"));
        line.addAll(whereTo);
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }
}
