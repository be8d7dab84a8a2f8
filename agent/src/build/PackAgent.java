import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes redoubt-agent.jar of the shaded jar: {@code java PackAgent.java SHADED RESULT}. Run by Maven, from its source.
 *
 * <p>All classes but two move to {@code inst/NAME.classdata}, where no class loader takes them for classes. The launcher's class file gets version 49, that of Java 5, so
 * that JVMs older than 8 can load it and be told. javac cannot write that version; what the launcher uses was there in Java 5, and its stack map tables are ignored in class files of that version.
 */
public class PackAgent {
    private static final String LAUNCHER = "dev/redoubt/agent/Launcher.class";
    private static final Set<String> VISIBLE = Set.of(LAUNCHER, "dev/redoubt/agent/IsolatedLoader.class");
    private static final int JAVA_5 = 49;

    public static void main(String[] args) throws IOException {
        Path result = Path.of(args[1]);
        Files.createDirectories(result.toAbsolutePath().getParent());
        Path draft = result.resolveSibling(result.getFileName() + ".draft");
        try (ZipFile shaded = new ZipFile(args[0]);
                ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(draft))) {
            List<? extends ZipEntry> entries = Collections.list(shaded.entries());
            // A manifest is looked for among the first entries.
            entries.stream().filter(PackAgent::isManifest).forEach(entry -> copy(shaded, entry, jar));
            entries.stream().filter(entry -> !isManifest(entry) && isWanted(entry)).forEach(entry -> copy(shaded, entry, jar));
        }
        Files.move(draft, result, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isManifest(ZipEntry entry) {
        return entry.getName().equals("META-INF/MANIFEST.MF");
    }

    private static boolean isWanted(ZipEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && !name.startsWith("META-INF/versions/")
                && !name.startsWith("META-INF/maven/")
                && !name.endsWith("module-info.class")
                && !name.endsWith("package-info.class");
    }

    private static void copy(ZipFile shaded, ZipEntry entry, OutputStream out) {
        ZipOutputStream jar = (ZipOutputStream) out;
        try (InputStream in = shaded.getInputStream(entry)) {
            byte[] content = in.readAllBytes();
            if (entry.getName().equals(LAUNCHER)) {
                content[7] = JAVA_5;
            }
            ZipEntry renamed = new ZipEntry(nameOf(entry.getName()));
            renamed.setTime(0);
            jar.putNextEntry(renamed);
            jar.write(content);
            jar.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(String name) {
        return !name.endsWith(".class") || VISIBLE.contains(name)
                ? name
                : "inst/" + name.substring(0, name.length() - ".class".length()) + ".classdata";
    }
}
