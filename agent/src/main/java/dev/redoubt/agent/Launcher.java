package dev.redoubt.agent;

import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.Map;

/**
 * Where a JVM begins with the agent, and where changed methods of Redis clients find what they ask.
 *
 * <p>The packaging gives this class file version 49, so that a JVM older than 8 can load it and be told: nothing that came after Java 5 is used here, and
 * what did is reached by name only. Nothing that goes wrong leaves this class: an exception out of premain would end the JVM.
 */
public final class Launcher {
    /** Asked by changed methods with {@code getOrDefault(question, value)}; empty as long as there is no agent, so that each value stays as it is. */
    public static volatile Map<Object, Object> hooks = Collections.emptyMap();

    private static boolean isStarted;

    private Launcher() {}

    /** Started with the JVM, by {@code -javaagent}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    /** Started in a JVM that runs already. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    private static synchronized void start(String arguments, Instrumentation instrumentation) {
        try {
            if (isTooOld(System.getProperty("java.specification.version"))) {
                say("this JVM is older than Java 8: the agent stays off");
            } else if (isStarted) {
                say("given more than once: the first one counts");
            } else {
                isStarted = true;
                Class.forName("dev.redoubt.agent.IsolatedLoader")
                        .getMethod("start", new Class<?>[] {String.class, Instrumentation.class})
                        .invoke(null, new Object[] {arguments, instrumentation});
            }
        } catch (Throwable e) {
            say("does not start, and stays off: " + rootOf(e));
        }
    }

    /** Java 5 to 7 call themselves 1.5 to 1.7, and Java 8 1.8. */
    static boolean isTooOld(String version) {
        return version != null && version.startsWith("1.") && version.compareTo("1.8") < 0;
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static void say(String line) {
        System.err.println("redoubt-agent: " + line);
    }
}
