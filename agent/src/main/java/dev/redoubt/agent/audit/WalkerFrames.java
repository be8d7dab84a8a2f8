package dev.redoubt.agent.audit;

import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The stack by {@code java.lang.StackWalker}, of Java 9 and later: only as much of it as is wanted. A servlet container's stack is over
 * a hundred frames deep, of which the first ten mostly do. Called by reflection, as this class is compiled for Java 8.
 */
final class WalkerFrames implements Frames {
    private final Object walker;
    private final Method walk;
    private final Method declaringClass;
    private final Method methodName;
    private final Method element;

    private WalkerFrames(Object walker, Class<?> walkerType, Class<?> frameType) throws ReflectiveOperationException {
        this.walker = walker;
        walk = walkerType.getMethod("walk", Function.class);
        declaringClass = frameType.getMethod("getDeclaringClass");
        methodName = frameType.getMethod("getMethodName");
        element = frameType.getMethod("toStackTraceElement");
    }

    /** The best that this JVM has. */
    static Frames orOlder() {
        try {
            Class<?> walkerType = Class.forName("java.lang.StackWalker");
            Class<?> optionType = Class.forName("java.lang.StackWalker$Option");
            Object retain = optionType.getField("RETAIN_CLASS_REFERENCE").get(null);
            Object walker = walkerType.getMethod("getInstance", optionType).invoke(null, retain);
            return new WalkerFrames(walker, walkerType, Class.forName("java.lang.StackWalker$StackFrame"));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return new ThrowableFrames();
        }
    }

    @Override
    public void walk(Visitor visitor) {
        call(walk, walker, new Walk(visitor));
    }

    private static Object call(Method method, Object on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Walk implements Function<Stream<?>, Object> {
        private final Visitor visitor;

        Walk(Visitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public Object apply(Stream<?> stack) {
            Iterator<?> frames = stack.iterator();
            boolean wantsMore = true;
            while (wantsMore && frames.hasNext()) {
                wantsMore = visitor.wantsMoreAfter(new Shown(frames.next()));
            }
            return visitor;
        }
    }

    private final class Shown implements Frame {
        private final Object frame;

        Shown(Object frame) {
            this.frame = frame;
        }

        @Override
        public String className() {
            return type().getName();
        }

        @Override
        public String methodName() {
            return (String) call(methodName, frame);
        }

        @Override
        public boolean isClientsChild() {
            return FrameRules.extendsClient(type());
        }

        @Override
        public StackTraceElement element() {
            return (StackTraceElement) call(element, frame);
        }

        private Class<?> type() {
            return (Class<?>) call(declaringClass, frame);
        }
    }
}
