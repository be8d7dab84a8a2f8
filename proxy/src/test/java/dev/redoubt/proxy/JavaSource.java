package dev.redoubt.proxy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the JDK's own parser finds in one source file. */
record JavaSource(List<Method> methods, List<String> selections) {
    /** A method or constructor, its annotations included and its documentation not. */
    record Method(String name, long firstLine, long lastLine) {
        long lines() {
            return lastLine - firstLine + 1;
        }

        @Override
        public String toString() {
            return firstLine + " " + name + " (" + lines() + " lines)";
        }
    }

    static JavaSource parse(Path file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            JavaSource source = new JavaSource(new ArrayList<>(), new ArrayList<>());
            source.read(unit, Trees.instance(task).getSourcePositions());
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(CompilationUnitTree unit, SourcePositions positions) {
        LineMap lines = unit.getLineMap();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                methods.add(new Method(method.getName().toString(), start(method), end(method)));
                return super.visitMethod(method, unused);
            }

            @Override
            public Void visitMemberSelect(MemberSelectTree selection, Void unused) {
                selections.add(selection.toString());
                return super.visitMemberSelect(selection, unused);
            }

            private long start(Tree tree) {
                return lines.getLineNumber(positions.getStartPosition(unit, tree));
            }

            private long end(Tree tree) {
                return lines.getLineNumber(positions.getEndPosition(unit, tree));
            }
        }.scan(unit, null);
    }
}
