package app;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What the application observes, a line each: results, and the classes of exceptions. Thread-safe. */
public final class Lines {
    private static final int LONGEST = 80;

    private final PrintStream out;

    public Lines(PrintStream out) {
        this.out = out;
    }

    /** Something that may fail. */
    public interface Action {
        Object run() throws Exception;
    }

    /** Prints what it gives, or the classes of what it throws. */
    public void say(String step, Action action) {
        String line;
        try {
            line = step + " = " + text(action.run());
        } catch (Exception | LinkageError e) {
            line = step + " ! " + classes(e);
        }
        out.println(line);
    }

    /** The exception's class, and those of its causes. */
    public static String classes(Throwable thrown) {
        List<String> names = new ArrayList<>();
        for (Throwable t = thrown; t != null && names.size() < 5; t = t.getCause()) {
            if (!(t instanceof ExecutionException)) {
                names.add(t.getClass().getName());
            }
        }
        return String.join(" < ", names);
    }

    private static String text(Object value) {
        if (value instanceof Collection<?>) {
            List<String> texts = new ArrayList<>();
            for (Object element : (Collection<?>) value) {
                texts.add(text(element));
            }
            return shortened(texts.toString());
        }
        return shortened(String.valueOf(value));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : "length " + text.length() + ", hash " + text.hashCode();
    }
}
