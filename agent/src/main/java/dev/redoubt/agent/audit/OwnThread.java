package dev.redoubt.agent.audit;

import org.jspecify.annotations.Nullable;

/**
 * A daemon thread of the agent's own. A thread takes from the one that makes it: inheritable thread locals, the context class loader, the access control context, group and priority. So these are made when the
 * JVM starts, before there is an application, and get their task when its first client appears: a web application that brought the client must not be held by them when it is gone.
 */
public final class OwnThread extends Thread {
    private volatile @Nullable Runnable task;

    /** A thread that does nothing yet. To be called when the JVM starts. */
    public OwnThread(String name) {
        super(name);
        setContextClassLoader(null);
        setDaemon(true);
    }

    /** What it does; to be said before it is started, whether directly or as a shutdown hook. */
    OwnThread doing(Runnable what) {
        task = what;
        return this;
    }

    @Override
    public void run() {
        Runnable what = task;
        if (what != null) {
            what.run();
        }
    }
}
