package dev.redoubt.proxy.resolver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** A look-up that answers when the test says so. */
final class ScriptedLookup implements Lookup {
    private final Deque<Consumer<Answer>> open = new ArrayDeque<>();
    private int asked;
    private boolean closed;

    @Override
    public void start(String host, Consumer<Answer> whenDone) {
        asked++;
        open.add(whenDone);
    }

    /** The oldest question gets its answer. */
    void answer(Answer answer) {
        open.remove().accept(answer);
    }

    /** How often it was asked. */
    int asked() {
        return asked;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
