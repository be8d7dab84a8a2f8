package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.resp.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A fallback that answers what the test says, and writes down what it hears. */
public class ScriptedMemory implements MemoryAnswerer {
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> heard = new ArrayList<>();

    /** From now on it answers that command with that frame. */
    public final void answer(String command, String reply) {
        answers.put(command, reply);
    }

    /** What it heard since the last call. */
    public final List<String> takeHeard() {
        List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    protected final void hear(String what, UpstreamKey key, byte[]... arguments) {
        heard.add(what + " db" + key.database() + " " + words(arguments));
    }

    /** The frame for a command; null if it does not know. */
    protected final String reply(byte[][] arguments) {
        return answers.get(words(arguments));
    }

    private static String words(byte[][] arguments) {
        return Arrays.stream(arguments)
                .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining(" "));
    }

    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ReplySink owner) {
        return give(reply(arguments), owner);
    }

    private static boolean give(String reply, ReplySink owner) {
        if (reply == null) {
            return false;
        }
        ByteBuf frame = Unpooled.wrappedBuffer(Wire.bytes(reply));
        owner.onReplies(frame, 0, frame.writerIndex(), 1);
        return true;
    }

    /** A transaction is scripted as its commands with semicolons between them. */
    protected final String replyToAll(List<byte[][]> queued) {
        return answers.get(queued.stream().map(ScriptedMemory::words).collect(Collectors.joining("; ")));
    }

    @Override
    public boolean answerAll(UpstreamKey key, List<byte[][]> queued, ReplySink owner) {
        return give(replyToAll(queued), owner);
    }

    @Override
    public void onHeld(UpstreamKey key, byte[][] arguments) {
        hear("held", key, arguments);
    }

    @Override
    public void onHeldEnded(UpstreamKey key, byte[][] arguments) {
        hear("ended", key, arguments);
    }

    @Override
    public void onInDoubt(UpstreamKey key, byte[][] arguments) {
        hear("in doubt", key, arguments);
    }

    @Override
    public void onAbsence() {}

    @Override
    public void onOutage(Runnable then) {
        heard.add("outage");
        then.run();
    }

    @Override
    public void reconcile(Requests control, Runnable then) {
        heard.add("reconcile");
        then.run();
    }

    @Override
    public void onControlLost() {
        heard.add("control lost");
    }

    @Override
    public void onReturn() {
        heard.add("return");
    }
}
