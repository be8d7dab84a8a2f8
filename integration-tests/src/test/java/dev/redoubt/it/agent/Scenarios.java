package dev.redoubt.it.agent;

import dev.redoubt.it.agent.ClientVersion.SourceFolder;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** Compiles the application for a version of a library: with javac, and what is meant for it once more with ECJ. Stateless. */
final class Scenarios {
    private static final String COMMON = "common";
    private static final String STEPS = "Steps.java";

    private final Path directory;

    /** @param directory for the classes, a directory for each version in it */
    Scenarios(Path directory) {
        this.directory = directory;
    }

    /**
     * An application that is ready to be run.
     *
     * @param steps the names of its classes that do things
     */
    record Scenario(ClientVersion version, List<Path> classPath, List<String> steps) {
        String classPathText() {
            return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** @throws IllegalStateException with what the compiler says, if the version's API is another than its line of the list claims */
    Scenario compile(ClientVersion version, List<Path> jars) {
        try {
            Path classes = Files.createDirectories(directory.resolve(version.name()));
            List<Source> sources = new ArrayList<>(in(new SourceFolder(COMMON, "")));
            for (SourceFolder folder : version.sources()) {
                sources.addAll(in(folder));
            }
            compile(ToolProvider.getSystemJavaCompiler(), version, sources, jars, classes);
            List<Path> forEcj = sources.stream()
                    .filter(source -> source.folder.isForEcj())
                    .map(source -> source.file)
                    .toList();
            if (!forEcj.isEmpty()) {
                JavaCompiler ecj = new EclipseCompiler(); // it reads nothing but files
                StandardJavaFileManager files = ecj.getStandardFileManager(null, null, null);
                compile(ecj, version, files.getJavaFileObjectsFromPaths(forEcj), with(jars, classes), classes);
            }
            List<String> steps =
                    sources.stream().flatMap(source -> source.steps().stream()).toList();
            return new Scenario(version, with(jars, classes), steps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(
            JavaCompiler compiler,
            ClientVersion version,
            Iterable<? extends JavaFileObject> sources,
            List<Path> jars,
            Path classes) {
        String classPath = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> options = List.of(
                "--release", version.java() + "", "-g", "-proc:none", "-nowarn", "-cp", classPath, "-d", classes + "");
        StringWriter messages = new StringWriter();
        if (!compiler.getTask(messages, null, null, options, null, sources).call()) {
            throw new IllegalStateException(
                    "the application does not compile with " + version.name() + ":\n" + messages);
        }
    }

    private static List<Source> in(SourceFolder folder) throws IOException {
        Path top = Place.sources().resolve("java").resolve(folder.name());
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(file -> new Source(folder, top, file))
                    .toList();
        }
    }

    private static List<Path> with(List<Path> jars, Path classes) {
        List<Path> all = new ArrayList<>(List.of(classes));
        all.addAll(jars);
        return all;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final SourceFolder folder;
        private final Path file;
        private final String inFolder;

        Source(SourceFolder folder, Path top, Path file) {
            super(
                    URI.create("source:///" + top.relativize(file).toString().replace(File.separatorChar, '/')),
                    Kind.SOURCE);
            this.folder = folder;
            this.file = file;
            this.inFolder = top.relativize(file).toString();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
            return folder.adapted(Files.readString(file));
        }

        /** The class's name, if it is one that does things. */
        Optional<String> steps() {
            if (folder.name().equals(COMMON) || !inFolder.endsWith(STEPS)) {
                return Optional.empty();
            }
            String name = inFolder.substring(0, inFolder.length() - ".java".length());
            return Optional.of(name.replace(File.separatorChar, '.'));
        }
    }
}
