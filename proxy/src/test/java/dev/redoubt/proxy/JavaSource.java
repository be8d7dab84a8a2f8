package dev.redoubt.proxy;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the JDK's own parser finds in one source file. */
record JavaSource(Path file, List<Method> methods, List<String> selections) {
    /** A method or constructor that has a body. Its annotations are not counted: some hold a test's table. */
    record Method(String name, long firstLine, long lastLine) {
        long lines() {
            return lastLine - firstLine + 1;
        }

        @Override
        public String toString() {
            return firstLine + " " + name + " (" + lines() + " lines)";
        }
    }

    static List<JavaSource> parse(Collection<Path> paths) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<JavaSource> sources = new ArrayList<>();
            task.parse().forEach(unit -> sources.add(read(unit, positions)));
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaSource read(CompilationUnitTree unit, SourcePositions positions) {
        Path file = Path.of(unit.getSourceFile().toUri());
        JavaSource source = new JavaSource(file, new ArrayList<>(), new ArrayList<>());
        source.new Reader(unit, positions).scan(unit, null);
        return source;
    }

    private final class Reader extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        private Reader(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            BlockTree body = method.getBody();
            if (body != null) {
                long first = line(positions.getStartPosition(unit, body));
                long last = line(positions.getEndPosition(unit, body));
                methods.add(new Method(method.getName().toString(), first, last));
            }
            return super.visitMethod(method, unused);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree selection, Void unused) {
            selections.add(selection.toString());
            return super.visitMemberSelect(selection, unused);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
