package dev.redoubt.it.bench;

import dev.redoubt.it.bench.StackSummary.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * The sampled stacks of a JFR file.
 *
 * @param java threads that ran Java code
 * @param inNative threads inside a native method: system calls, and waiting in them
 */
record Recording(List<Stack> java, List<Stack> inNative) {

    static Recording read(Path file) throws IOException {
        List<Stack> java = new ArrayList<>();
        List<Stack> inNative = new ArrayList<>();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                switch (event.getEventType().getName()) {
                    case "jdk.ExecutionSample" -> add(event, java);
                    case "jdk.NativeMethodSample" -> add(event, inNative);
                    default -> {}
                }
            }
        }
        return new Recording(java, inNative);
    }

    private static void add(RecordedEvent event, List<Stack> stacks) {
        if (event.getStackTrace() == null || event.getStackTrace().getFrames().isEmpty()) {
            return;
        }
        RecordedThread thread = event.getThread("sampledThread");
        stacks.add(new Stack(
                thread == null ? "unknown" : thread.getJavaName(),
                event.getStackTrace().getFrames().stream().map(Recording::name).toList()));
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }
}
