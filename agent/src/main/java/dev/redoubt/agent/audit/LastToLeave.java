package dev.redoubt.agent.audit;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Ends the JVM from a shutdown hook. {@code Runtime.halt} is the only way to change the status by then, and it stops the other hooks,
 * which run at the same time, in the middle of what they do: so those are awaited first. Which threads they are Java does not tell;
 * whoever was not there while the application still ran is taken for one. Files to be deleted on exit (File.deleteOnExit) stay.
 */
final class LastToLeave implements Farewell.Exit, Runnable {
    private static final long LOOK_MILLIS = 50;
    private static final int LOOKS_OF_QUIET = 4;
    private static final int MAX_LOOKS = 200;

    private volatile Set<Thread> application = Collections.emptySet();

    /** Looks who is there; to be called now and then while the application runs. */
    @Override
    public void run() {
        application = all();
    }

    @Override
    public void end(int status) {
        int quiet = 0;
        try {
            for (int look = 0; look < MAX_LOOKS && quiet < LOOKS_OF_QUIET; look++) {
                quiet = somebodyElseIsBusy() ? 0 : quiet + 1;
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }

    private boolean somebodyElseIsBusy() {
        Set<Thread> newcomers = all();
        newcomers.removeAll(application);
        newcomers.remove(Thread.currentThread());
        for (Thread thread : newcomers) {
            if (thread.isAlive() && !thread.getName().equals("DestroyJavaVM")) {
                return true;
            }
        }
        return false;
    }

    /** By the groups, as asking for all stack traces would stop the application for a moment. */
    private static Set<Thread> all() {
        ThreadGroup top = topGroup();
        Thread[] threads = new Thread[top.activeCount() * 2 + 16];
        int count = top.enumerate(threads, true);
        Set<Thread> found = new HashSet<>();
        for (int i = 0; i < count; i++) {
            found.add(threads[i]);
        }
        return found;
    }

    private static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
