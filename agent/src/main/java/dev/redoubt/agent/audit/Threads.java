package dev.redoubt.agent.audit;

/** Threads of the agent's own: daemons that hold on to nothing of the application whose thread happened to make them. */
final class Threads {
    private Threads() {}

    static Thread daemon(String name, Runnable task) {
        Thread thread = hook(name, task);
        thread.setDaemon(true);
        return thread;
    }

    /** For {@link Runtime#addShutdownHook}. */
    static Thread hook(String name, Runnable task) {
        Thread thread = new Thread(topGroup(), task, name);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** A web application's own group may be destroyed with it. */
    static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
