package dev.redoubt.it.hooks;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.Permission;

/** An application that makes Jedis clients, and then sets a security manager that forbids whatever an agent may want to do for them. */
final class LateSecurityManager {
    private static final long PATIENCE_MILLIS = 10_000;

    private LateSecurityManager() {}

    /** @param args host and port of the Redis, port of the proxy */
    @SuppressWarnings("removal")
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        Class<?> jedis = Class.forName("redis.clients.jedis.Jedis");
        Class<?> bundled = new URLClassLoader(urls(), null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                return name.startsWith("javax.") ? getPlatformClassLoader().loadClass(name) : super.findClass(name);
            }
        }.loadClass(jedis.getName());
        ping("before", jedis, JedisShapes.HOST, port);
        ping("before-bundled", bundled, JedisShapes.HOST, port);
        System.setSecurityManager(new Forbidding(Integer.parseInt(args[2])));
        ping("after", jedis, args[0], port);
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!isForbidden("after-bundled", bundled, args[0], port) && System.currentTimeMillis() < end) {
            Thread.sleep(50);
        }
        System.exit(0);
    }

    /** True when it is answered at last. */
    private static boolean isForbidden(String when, Class<?> type, String host, int port) {
        try {
            ping(when, type, host, port);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static void ping(String when, Class<?> type, String host, int port) throws ReflectiveOperationException {
        Object jedis = type.getConstructor(String.class, int.class).newInstance(host, port);
        System.out.println(when + " " + type.getMethod("ping").invoke(jedis));
        type.getMethod("close").invoke(jedis);
    }

    private static URL[] urls() throws MalformedURLException {
        String[] paths = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] urls = new URL[paths.length];
        for (int i = 0; i < paths.length; i++) {
            urls[i] = Path.of(paths[i]).toUri().toURL();
        }
        return urls;
    }

    /** To code that Jedis calls. */
    @SuppressWarnings("removal")
    private static final class Forbidding extends SecurityManager {
        private final int port;

        Forbidding(int port) {
            this.port = port;
        }

        @Override
        public void checkPermission(Permission permission) {
            String name = permission.getName();
            if ((name.equals("getClassLoader") || name.equals("suppressAccessChecks")) && isCalledByJedis()) {
                throw new SecurityException("forbidden: " + permission);
            }
        }

        @Override
        public void checkConnect(String host, int to) {
            if (to == port) {
                throw new SecurityException("forbidden: the proxy");
            }
        }

        private static boolean isCalledByJedis() {
            for (StackTraceElement frame : new Throwable().getStackTrace()) { // a lambda would ask for permissions
                if (frame.getClassName().startsWith("redis.clients.jedis.")) {
                    return true;
                }
            }
            return false;
        }
    }
}
