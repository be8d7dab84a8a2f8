package dev.redoubt.agent.hook;

/**
 * Whether the JVM has a security manager: by its options, or, up to Java 17 and where that is allowed, since an application has set one. It may forbid the application what changed methods do, so these ask nobody from
 * then on.
 */
public final class SecurityManagers {
    /** What is said where there is one. */
    public static final String WHY_OFF =
            "stays off: a security manager is set, which may forbid the application what changed methods do";

    private SecurityManagers() {}

    /** Whether one is set now. */
    public static boolean isSet() {
        try {
            return System.getSecurityManager() != null;
        } catch (LinkageError e) {
            return false; // a Java that does not know them any more
        }
    }
}
