package dev.redoubt.agent.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A stack that a test makes up: innermost first, each as {@code com.acme.Dao.find(Dao.java:42)}. */
final class ScriptedFrames implements Frames {
    private List<StackTraceElement> stack = new ArrayList<>();
    private int shown;

    ScriptedFrames now(String... frames) {
        stack = new ArrayList<>();
        Arrays.stream(frames).map(ScriptedFrames::parse).forEach(stack::add);
        return this;
    }

    /** How many frames were looked at in the last walk. */
    int shown() {
        return shown;
    }

    @Override
    public void walk(Visitor visitor) {
        shown = 0;
        for (StackTraceElement element : stack) {
            shown++;
            if (!visitor.wantsMoreAfter(new ThrowableFrames.Named(element))) {
                return;
            }
        }
    }

    private static StackTraceElement parse(String frame) {
        int open = frame.indexOf('(');
        int dot = frame.lastIndexOf('.', open);
        String line = frame.substring(open + 1, frame.length() - 1);
        int colon = line.indexOf(':');
        return new StackTraceElement(
                frame.substring(0, dot),
                frame.substring(dot + 1, open),
                line.isEmpty() ? null : colon < 0 ? line : line.substring(0, colon),
                colon < 0 ? -1 : Integer.parseInt(line.substring(colon + 1)));
    }
}
