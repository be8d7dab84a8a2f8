package dev.redoubt.it.hooks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/** An application whose Jedis comes from class loaders as servlet containers, OSGi, Spring Boot and shading have them; each brings a copy of its own. */
final class Loaders {
    private static final String JEDIS = "redis.clients.jedis.Jedis";
    private static final String SHADED = "com.acme.shaded.";
    private static final long PATIENCE_MILLIS = 20_000;
    private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();

    private Loaders() {}

    public static void main(String[] args) throws Exception {
        WeakReference<ClassLoader> gone = deployed();
        System.out.println("redeployed " + (isCollected(gone) ? "and collected" : "and held"));
        ping("child-first", JEDIS, new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader()));
        ping("osgi-like", JEDIS, new OsgiLike());
        ping("nested", JEDIS, new Nested(""));
        ping("shaded", SHADED + JEDIS, new Nested(SHADED));
        ping("system", JEDIS, ClassLoader.getSystemClassLoader());
    }

    private static void ping(String shape, String name, ClassLoader loader) throws ReflectiveOperationException {
        Class<?> type = loader.loadClass(name);
        Object jedis = type.getConstructor(String.class, int.class).newInstance(JedisShapes.HOST, 6379);
        System.out.println(shape + " " + type.getMethod("ping").invoke(jedis));
        type.getMethod("close").invoke(jedis);
    }

    /** The first client of all, so that the agent makes ready what it has on a thread that has everything of this application about it. */
    @SuppressWarnings("removal")
    private static WeakReference<ClassLoader> deployed() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader application = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader());
        INHERITED.set(application);
        Thread.currentThread().setContextClassLoader(application);
        ProtectionDomain domain = new ProtectionDomain(null, null, application, null);
        PrivilegedAction<Void> ping = () -> {
            try {
                ping("deployed", JEDIS, application);
                return null;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        };
        AccessController.doPrivileged(ping, new AccessControlContext(new ProtectionDomain[] {domain}));
        Thread.currentThread().setContextClassLoader(before);
        INHERITED.remove();
        return new WeakReference<>(application);
    }

    private static boolean isCollected(WeakReference<?> reference) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (reference.get() != null && System.currentTimeMillis() < end) {
            System.gc();
            Thread.sleep(20);
        }
        return reference.get() == null;
    }

    private static URL[] urls() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Loaders::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bundle that has the JDK's packages from outside which it imports, and nothing else. */
    private static final class OsgiLike extends URLClassLoader {
        OsgiLike() {
            super(urls(), null);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("org.xml.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }

    /** Defines classes of Jedis out of bytes, as a loader of jars in jars does; under another package, if it is given one, as relocation does. */
    private static final class Nested extends ClassLoader {
        private static final String PACKAGE = "redis/clients/";

        private final String prefix;

        Nested(String prefix) {
            super(Loaders.class.getClassLoader());
            this.prefix = prefix.replace('.', '/');
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.replace('.', '/').startsWith(prefix + PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String original = name.replace('.', '/').substring(prefix.length()) + ".class";
            try (InputStream in = getParent().getResourceAsStream(original)) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = prefix.isEmpty() ? in.readAllBytes() : relocated(in.readAllBytes());
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        private byte[] relocated(byte[] code) {
            ClassWriter writer = new ClassWriter(0);
            Remapper remapper = new Remapper(Opcodes.ASM9) {
                @Override
                public String map(String internalName) {
                    return internalName.startsWith(PACKAGE) ? prefix + internalName : internalName;
                }
            };
            new ClassReader(code).accept(new ClassRemapper(writer, remapper), 0);
            return writer.toByteArray();
        }
    }
}
