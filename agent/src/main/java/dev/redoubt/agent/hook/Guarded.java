package dev.redoubt.agent.hook;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An answer that never throws, and that is not asked any more after it failed repeatedly. Thread-safe. */
final class Guarded {
    private static final int MAX_FAILURES = 3;

    private final String name;
    private final Answer answer;
    private final Complaints complaints;
    private final AtomicInteger failures = new AtomicInteger();

    Guarded(String name, Answer answer, Complaints complaints) {
        this.name = name;
        this.answer = answer;
        this.complaints = complaints;
    }

    @Nullable
    Object to(Object[] question, @Nullable Object value) {
        if (failures.get() >= MAX_FAILURES) {
            return value;
        }
        try {
            return answer.to(question, value);
        } catch (Throwable e) {
            failed(e);
            return value;
        }
    }

    /** Errors as well: a class that does not link must not end what the application was doing. */
    private void failed(Throwable e) {
        int count = failures.incrementAndGet();
        if (count > MAX_FAILURES) {
            return;
        }
        try {
            complaints.add("hook " + name + " failed, the client goes on without it"
                    + (count == MAX_FAILURES ? "; switched off after " + count + " failures: " : ": ") + e);
        } catch (Throwable complaint) {
            // Nothing more can be done about it, and the application is not to blame.
        }
    }
}
