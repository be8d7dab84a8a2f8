package dev.redoubt.it.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One way to start Redoubt: which build, which Java, which flags, which arguments. */
record Variant(String name, Path jar, Path javaHome, List<String> jvmFlags, List<String> arguments) {

    /** The build in this tree, as a user starts it, on the Java that runs the bench. */
    static Variant plain(String name, Path jar) {
        return new Variant(name, jar, Path.of(System.getProperty("java.home")), List.of(), List.of());
    }

    Variant withJar(String path) {
        return new Variant(name, Path.of(path).toAbsolutePath(), javaHome, jvmFlags, arguments);
    }

    /** The same with another name, and more flags and arguments. */
    Variant extended(String suffix, List<String> moreFlags, List<String> moreArguments) {
        List<String> allFlags = new ArrayList<>(jvmFlags);
        allFlags.addAll(moreFlags);
        List<String> allArguments = new ArrayList<>(arguments);
        allArguments.addAll(moreArguments);
        return new Variant(name + suffix, jar, javaHome, allFlags, allArguments);
    }

    Variant withJavaHome(String path) {
        return new Variant(name, jar, Path.of(path).toAbsolutePath(), jvmFlags, arguments);
    }

    Variant withJvmFlags(String flags) {
        return new Variant(name, jar, javaHome, words(flags), arguments);
    }

    Variant withArguments(String text) {
        return new Variant(name, jar, javaHome, jvmFlags, words(text));
    }

    List<String> command(int listenPort, String upstream, int adminPort) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", jar.toString(), "run"));
        command.addAll(List.of("--listen", "127.0.0.1:" + listenPort));
        command.addAll(List.of("--upstream", upstream));
        command.addAll(List.of("--admin", "127.0.0.1:" + adminPort));
        command.addAll(arguments);
        return command;
    }

    /** What differs from a plain start, without paths; empty if nothing does. */
    String difference() {
        List<String> words = new ArrayList<>(jvmFlags);
        words.addAll(arguments);
        return String.join(" ", words);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
