package dev.redoubt.proxy.backlog;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that writes down what it is given. */
public final class RecordingSink implements ReplySink {
    private final List<String> events;
    private final String prefix;
    private final StringBuilder received = new StringBuilder();
    private boolean wantsUnsent = true;
    private long holdBudgetNanos = Long.MAX_VALUE;

    public RecordingSink() {
        this("", new ArrayList<>());
    }

    /** One of several that write into the same list, so that their order can be seen. */
    public RecordingSink(String name, List<String> events) {
        this.prefix = name.isEmpty() ? "" : name + " ";
        this.events = events;
    }

    /** From now on it has left, and its own retry may come. */
    public RecordingSink leave() {
        wantsUnsent = false;
        return this;
    }

    public RecordingSink holdBudgetNanos(long nanos) {
        holdBudgetNanos = nanos;
        return this;
    }

    /** What happened since the last call. */
    public List<String> takeEvents() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** All bytes of replies and of parts of replies since the last call, as Latin-1. */
    public String takeReceived() {
        String taken = received.toString();
        received.setLength(0);
        return taken;
    }

    private void add(String event) {
        events.add(prefix + event);
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        add(count + ": " + text(buf, from, length));
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        add((last ? "last " : "part ") + text(buf, from, length));
    }

    @Override
    public void onFailure(String error) {
        add("failure " + error.split(" ")[0]);
    }

    @Override
    public void onReplyCut() {
        add("cut");
    }

    @Override
    public boolean wantsUnsent() {
        return wantsUnsent;
    }

    @Override
    public long holdBudgetNanos() {
        return holdBudgetNanos;
    }

    private String text(ByteBuf buf, int from, int length) {
        String text = buf.toString(from, length, StandardCharsets.ISO_8859_1);
        received.append(text);
        return text.replace("\r\n", "|");
    }
}
