package dev.redoubt.it.oracle;

import java.util.Locale;

/** @param detail one line: what went wrong */
record Outcome(TestName test, Status status, long millis, String detail) {

    Outcome with(Status other) {
        return new Outcome(test, other, millis, detail);
    }

    /** For tables that other tools read. */
    String tabbed() {
        return String.join(
                "\t",
                test.unit(),
                status.name().toLowerCase(Locale.ROOT),
                test.inUnit(),
                Long.toString(millis),
                detail);
    }
}
