package dev.redoubt.agent;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Loads the agent's own classes, which no class loader of the application can see, and which see none of the application's: its parent is
 * the bootstrap loader. They lie in the agent's jar under {@code inst/}, with another ending, so that nobody else takes them for classes.
 */
public final class IsolatedLoader extends ClassLoader {
    private static final String FOLDER = "inst/";
    private static final String ENDING = ".classdata";
    private static final int CHUNK = 8192;

    static {
        registerAsParallelCapable();
    }

    private final ZipFile jar;

    private IsolatedLoader(ZipFile jar) {
        super(null);
        this.jar = jar;
    }

    /** Starts the agent; called by {@link Launcher} alone, by name. */
    public static void start(String arguments, Instrumentation instrumentation)
            throws ReflectiveOperationException, IOException, URISyntaxException {
        File file = new File(IsolatedLoader.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Object hooks = new IsolatedLoader(new ZipFile(file))
                .loadClass("dev.redoubt.agent.core.Agent")
                .getMethod("start", String.class, Instrumentation.class)
                .invoke(null, arguments, instrumentation);
        publish(hooks);
    }

    @SuppressWarnings("unchecked")
    private static void publish(Object hooks) {
        if (hooks != null) {
            Launcher.hooks = (Map<Object, Object>) hooks;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ZipEntry entry = jar.getEntry(FOLDER + name.replace('.', '/') + ENDING);
        if (entry == null) {
            throw new ClassNotFoundException(name);
        }
        try {
            byte[] code = read(entry);
            return defineClass(name, code, 0, code.length, IsolatedLoader.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] read(ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(CHUNK, (int) entry.getSize()));
            byte[] chunk = new byte[CHUNK];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                out.write(chunk, 0, count);
            }
            return out.toByteArray();
        }
    }
}
