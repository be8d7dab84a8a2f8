package dev.redoubt.it.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in redoubt-agent.jar. */
class AgentJarIT {
    private static final int JAVA_5 = 49;
    private static final int JAVA_8 = 52;
    private static final long MAX_BYTES = 4L << 20;

    @Test
    void noClassIsForAnythingLaterThanJava8AndTheLauncherIsForJava5() throws IOException {
        Map<String, Integer> versions = versions();

        assertEquals(JAVA_5, versions.remove("dev/redoubt/agent/Launcher.class"));
        assertTrue(versions.size() > 50, versions::toString);
        assertEquals(
                List.of(),
                versions.entrySet().stream()
                        .filter(version -> version.getValue() > JAVA_8)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @Test
    void anApplicationSeesTwoClassesAndNoByteBuddy() throws IOException {
        List<String> names = names();

        assertEquals(
                List.of("dev/redoubt/agent/IsolatedLoader.class", "dev/redoubt/agent/Launcher.class"),
                names.stream().filter(name -> name.endsWith(".class")).sorted().toList());
        assertEquals(
                List.of(),
                names.stream().filter(name -> name.contains("net/bytebuddy")).toList());
        assertEquals(
                List.of(),
                names.stream()
                        .filter(name -> name.startsWith("META-INF/versions"))
                        .toList());
        assertTrue(names.contains("META-INF/licenses/ASM"), names::toString);
    }

    @Test
    void itIsSmall() throws IOException {
        assertTrue(Files.size(AgentJvm.jar()) <= MAX_BYTES, "bytes: " + Files.size(AgentJvm.jar()));
    }

    private static List<String> names() throws IOException {
        try (JarFile jar = new JarFile(AgentJvm.jar().toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    private static Map<String, Integer> versions() throws IOException {
        try (JarFile jar = new JarFile(AgentJvm.jar().toFile())) {
            return Collections.list(jar.entries()).stream()
                    .filter(entry -> entry.getName().matches(".*\\.class(data)?"))
                    .collect(Collectors.toMap(ZipEntry::getName, entry -> version(jar, entry)));
        }
    }

    private static int version(JarFile jar, ZipEntry entry) {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            assertEquals(0xCAFEBABE, in.readInt(), entry.getName());
            in.readUnsignedShort();
            return in.readUnsignedShort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
