package dev.redoubt.it.agent;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Another agent that is interested in the same classes, made as OpenTelemetry's is: Byte Buddy's AgentBuilder, advice that is inlined, retransformation of what is loaded already. It counts how often its advice was reached. Its
 * Byte Buddy is in a loader of its own: an application may have another version of it (Redisson 3 brings one), and the class path is the application's.
 */
public final class OtherAgent {
    /** How its last line begins; a number follows. */
    static final String SAID = "other-agent: reached ";

    private static final String REACHED = "other.agent.reached";

    private OtherAgent() {}

    /** @param byteBuddy the URL of its jar */
    public static void premain(String byteBuddy, Instrumentation instrumentation)
            throws ReflectiveOperationException, MalformedURLException {
        LongAdder reached = new LongAdder();
        System.getProperties().put(REACHED, reached);
        URL own = OtherAgent.class.getProtectionDomain().getCodeSource().getLocation();
        // Never closed: it is needed as long as classes are loaded.
        ClassLoader loader =
                new URLClassLoader(new URL[] {own, new URL(byteBuddy)}, ClassLoader.getPlatformClassLoader());
        loader.loadClass(Weaving.class.getName())
                .getMethod("install", Instrumentation.class)
                .invoke(null, instrumentation);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println(SAID + reached + " times")));
    }

    /** What needs Byte Buddy. */
    public static final class Weaving {
        private Weaving() {}

        public static void install(Instrumentation instrumentation) {
            new AgentBuilder.Default()
                    .disableClassFormatChanges()
                    .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                    .ignore(nameStartsWith("net.bytebuddy.").or(nameStartsWith("dev.redoubt.")))
                    .type(namedOneOf(
                            "redis.clients.jedis.Connection",
                            "redis.clients.jedis.DefaultJedisSocketFactory",
                            "com.lambdaworks.redis.AbstractRedisClient",
                            "com.lambdaworks.redis.RedisClient",
                            "io.lettuce.core.AbstractRedisClient",
                            "io.lettuce.core.RedisClient",
                            "org.redisson.client.RedisClient"))
                    .transform((builder, type, loader, module, domain) -> builder.visit(Advice.to(Reached.class)
                            .on(isMethod().and(not(isAbstract())).and(not(isNative())))))
                    .installOn(instrumentation);
        }
    }

    /** Inlined, so it knows nothing but java.*. */
    static final class Reached {
        private Reached() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter() {
            Object reached = System.getProperties().get("other.agent.reached");
            if (reached instanceof LongAdder) {
                ((LongAdder) reached).increment();
            }
        }
    }

    /** The JVM's option for it; it is packed in that directory. */
    static String option(Path directory) {
        return "-javaagent:" + jar(directory) + "=" + location(AgentBuilder.class);
    }

    private static synchronized Path jar(Path directory) {
        try {
            Path jar = Files.createDirectories(directory).resolve("other-agent.jar");
            Manifest manifest = new Manifest();
            Attributes attributes = manifest.getMainAttributes();
            attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            attributes.putValue("Premain-Class", OtherAgent.class.getName());
            attributes.putValue("Can-Retransform-Classes", "true");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                add(out, OtherAgent.class);
                add(out, Weaving.class);
                add(out, Reached.class);
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(name));
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            in.transferTo(out);
        }
        out.closeEntry();
    }
}
