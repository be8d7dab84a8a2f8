package dev.redoubt.it.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A Java agent that does nothing, to tell what a JVM takes for having one. Stateless. */
final class IdleAgent {
    private IdleAgent() {}

    /** Called by the JVM. */
    public static void premain(String arguments) {}

    /** Puts it into a jar of its own in that directory, and returns the jar. */
    static Path pack(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", IdleAgent.class.getName());
        Path jar = directory.resolve("idle-agent.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = AgentProgram.code(IdleAgent.class)) {
            out.putNextEntry(new JarEntry(AgentProgram.entry(IdleAgent.class)));
            code.transferTo(out);
        }
        return jar;
    }
}
