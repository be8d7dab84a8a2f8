package dev.redoubt.agent.audit;

import org.jspecify.annotations.Nullable;

/**
 * The application's line that is making an object: the innermost frame of the stack that is neither of a client library, a pool, a
 * framework nor of the machinery between them. Thread-safe.
 */
final class OriginFinder {
    private final Frames frames;

    OriginFinder(Frames frames) {
        this.frames = frames;
    }

    /** @param made the object whose constructor is running: only its class is looked at */
    Origin find(Object made) {
        Search search = new Search(made.getClass());
        frames.walk(search);
        return search.origin();
    }

    private static final class Search implements Frames.Visitor {
        private static final String CONSTRUCTOR = "<init>";
        private static final String LAMBDA = "lambda$";

        private final Class<?> made;
        private @Nullable StackTraceElement found;
        private String around = "";
        private String through = "";
        private boolean isPooled;
        private boolean isCalledByLibrary;

        Search(Class<?> made) {
            this.made = made;
        }

        @Override
        public boolean wantsMoreAfter(Frames.Frame frame) {
            String className = frame.className();
            switch (FrameRules.ownerOf(className)) {
                case APPLICATION:
                    return !isFound(frame, className);
                case CLIENT:
                    client(className, frame.methodName());
                    return true;
                case FRAMEWORK:
                    framework(className);
                    return true;
                default:
                    return true;
            }
        }

        Origin origin() {
            String own = FrameRules.clientClass(made);
            boolean isPart = !around.isEmpty() || found == null && isCalledByLibrary;
            return new Origin(site(), around.isEmpty() ? own : around, isPart, isPooled);
        }

        Site site() {
            StackTraceElement line = found;
            if (line == null) {
                // There is no end of a pool's thread numbers.
                String thread = Thread.currentThread().getName().replaceAll("[0-9]+", "#");
                return new Site("no line of the application, thread " + thread, "thread:" + thread);
            }
            String name = nameOf(line);
            String where = line.getClassName() + '.' + methodOf(line) + '(' + name + ')';
            return new Site(through.isEmpty() ? where : where + " through " + through, name);
        }

        private void client(String className, String method) {
            if (isOwn(className)) {
                return;
            }
            isCalledByLibrary = true;
            if (method.equals(CONSTRUCTOR)) {
                around = FrameRules.simpleName(className);
            } else if (method.equals("makeObject")) {
                isPooled = true; // commons-pool's PooledObjectFactory, of both its majors
            }
        }

        /** What of the framework wanted the client; commons-pool never does by itself. */
        private void framework(String className) {
            if (through.isEmpty() && !className.startsWith("org.apache.commons.pool")) {
                through = FrameRules.simpleName(className);
            }
        }

        /** Of {@code class MyJedis extends Jedis} the line with {@code new MyJedis()} is wanted, not the one with {@code super()}. */
        private boolean isFound(Frames.Frame frame, String className) {
            boolean isSuper = frame.methodName().equals(CONSTRUCTOR) && (isOwn(className) || frame.isClientsChild());
            if (!isSuper) {
                found = frame.element();
            }
            return !isSuper;
        }

        private boolean isOwn(String className) {
            for (Class<?> one = made; one != null; one = one.getSuperclass()) {
                if (one.getName().equals(className)) {
                    return true;
                }
            }
            return false;
        }

        private static String nameOf(StackTraceElement line) {
            String file = line.getFileName();
            if (file == null) {
                return FrameRules.simpleName(line.getClassName());
            }
            return line.getLineNumber() < 0 ? file : file + ':' + line.getLineNumber();
        }

        /** The method as it is written: javac calls the body of a lambda in {@code find} {@code lambda$find$0}. */
        private static String methodOf(StackTraceElement line) {
            String name = line.getMethodName();
            int end = name.lastIndexOf('$');
            return name.startsWith(LAMBDA) && end > LAMBDA.length() ? name.substring(LAMBDA.length(), end) : name;
        }
    }
}
