package dev.redoubt.it.redis;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says of each skipped test why, where the result of the others is shown; the summaries only count them. */
public final class SkippedTests implements TestExecutionListener {
    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        print(test, reason);
    }

    /** A failed assumption. */
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            print(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    private static void print(TestIdentifier test, String reason) {
        System.out.println("SKIPPED " + nameOf(test) + ": " + reason);
    }

    private static String nameOf(TestIdentifier test) {
        Object source = test.getSource().orElse(null);
        if (source instanceof MethodSource method) {
            return method.getJavaClass().getSimpleName() + "." + method.getMethodName();
        }
        return source instanceof ClassSource type ? type.getJavaClass().getSimpleName() : test.getDisplayName();
    }
}
