package dev.redoubt.agent.audit;

/** Whose code a class is, by its name. Pure. */
final class FrameRules {
    /** Redis clients, shaded ones too: a shaded package keeps its end. */
    private static final String[] CLIENTS = {
        "redis.clients.jedis.", "io.lettuce.core.", "com.lambdaworks.redis.", "org.redisson.",
    };

    private static final String[] FRAMEWORKS = {
        "org.springframework.", "org.apache.commons.pool.", "org.apache.commons.pool2.", "io.micronaut.", "io.quarkus.",
    };

    /** What calls everything: it never made a client for a reason of its own. */
    private static final String[] MACHINERY = {
        "dev.redoubt.agent.",
        "java.",
        "javax.",
        "jdk.",
        "sun.",
        "com.sun.",
        "io.netty.",
        "reactor.",
        "rx.",
        "io.reactivex.",
        "net.bytebuddy.",
        "net.sf.cglib.",
        "javassist.",
        "org.aopalliance.",
        "org.aspectj.",
        "org.codehaus.groovy.",
        "groovy.lang.",
        "kotlin.",
        "kotlinx.coroutines.",
        "scala.",
    };

    enum Owner {
        APPLICATION,
        CLIENT,
        FRAMEWORK,
        MACHINERY
    }

    private FrameRules() {}

    /** The name of a class of a client library that this class is, or extends: without package; empty if there is none. */
    static String clientClass(Class<?> type) {
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            if (ownerOf(one.getName()) == Owner.CLIENT) {
                return simpleName(one.getName());
            }
        }
        return "";
    }

    static boolean extendsClient(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        return parent != null && !clientClass(parent).isEmpty();
    }

    static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    static Owner ownerOf(String className) {
        if (isGenerated(className)) {
            return Owner.MACHINERY;
        }
        for (String client : CLIENTS) {
            int at = className.indexOf(client);
            if (at == 0 || at > 0 && className.charAt(at - 1) == '.') {
                return Owner.CLIENT;
            }
        }
        if (beginsWithAny(className, FRAMEWORKS)) {
            return Owner.FRAMEWORK;
        }
        return beginsWithAny(className, MACHINERY) ? Owner.MACHINERY : Owner.APPLICATION;
    }

    /** Lambdas ({@code A$$Lambda$1/0x7}), proxies of Spring, CGLIB and Byte Buddy, and the JDK's own ({@code $Proxy7}). */
    private static boolean isGenerated(String className) {
        return className.contains("$$") || className.contains("$ByteBuddy$") || className.startsWith("$Proxy");
    }

    private static boolean beginsWithAny(String className, String[] prefixes) {
        for (String prefix : prefixes) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
