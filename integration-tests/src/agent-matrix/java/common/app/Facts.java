package app;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadMXBean;

/** What this JVM uses at the moment. Stateless. */
final class Facts {
    private Facts() {}

    static String line() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return "threads=" + threads.getThreadCount() + " descriptors=" + descriptors();
    }

    /** -1 where the system does not tell. */
    private static long descriptors() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof com.sun.management.UnixOperatingSystemMXBean) {
            return ((com.sun.management.UnixOperatingSystemMXBean) system).getOpenFileDescriptorCount();
        }
        return -1;
    }
}
