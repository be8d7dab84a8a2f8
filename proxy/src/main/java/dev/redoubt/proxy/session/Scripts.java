package dev.redoubt.proxy.session;

import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.session.ScriptBodies.Script;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the scripts and functions that clients call (docs/decisions/0009): the bodies, to load them into a new run of Redis, and which of them have been quick, so that they may run on the
 * shared connection without keeping everybody waiting. Confined to the lane.
 */
public final class Scripts {
    /** What everybody on the shared connection can wait for now and then. */
    static final long QUICK_NANOS = 50_000_000;

    private static final String NOSCRIPT = "-NOSCRIPT ";
    private static final byte[] SCRIPT = ascii("SCRIPT");
    private static final byte[] LOAD = ascii("LOAD");

    private final ScriptBodies bodies;
    private final QuickNames quick = new QuickNames();
    /** Since when. */
    private final Map<String, Long> onTrial = new HashMap<>();

    /**
     * @param maxCount scripts that are remembered
     * @param maxBytes of their bodies
     */
    public Scripts(int maxCount, long maxBytes) {
        this.bodies = new ScriptBodies(maxCount, maxBytes);
    }

    // ---- calls

    /**
     * Whether the first argument of a call names what has been quick. For the hot path.
     *
     * @param at where the frame of that argument begins; the whole command is readable
     */
    boolean isQuick(ByteBuf buf, int at) {
        if (quick.isEmpty()) {
            return false;
        }
        int index = at + 1;
        int length = 0;
        for (byte b = buf.getByte(index); b != '\r'; b = buf.getByte(++index)) {
            length = 10 * length + b - '0';
        }
        return quick.contains(buf, index + 2, length);
    }

    /** Takes from a call what is to be remembered; the same one may come twice. */
    void note(Command command) {
        switch (command.name()) {
            case "eval", "eval_ro" -> bodies.of(command.arguments()[1]);
            case "script" -> noteScript(command);
            case "function" -> quick.clear(); // a library may have changed: what is quick is found out again
            default -> {}
        }
    }

    private void noteScript(Command command) {
        if (command.word(1).equals("LOAD")) {
            bodies.of(command.arguments()[2]);
        } else {
            bodies.clear(); // FLUSH: clients are to see that the scripts are gone
            quick.clear();
        }
    }

    /** What has to be tried on a connection of its own before it may run on the shared one; null if nothing, or if that is being done. */
    @Nullable
    String trialOf(Command command) {
        byte[] name = switch (command.name()) {
            case "eval", "eval_ro" -> bodies.of(command.arguments()[1]).sha();
            case "evalsha", "evalsha_ro" -> ascii(command.text(1).toLowerCase(Locale.ROOT));
            case "fcall", "fcall_ro" -> command.arguments()[1];
            default -> null;
        };
        if (name == null || quick.contains(name)) {
            return null;
        }
        String text = new String(name, StandardCharsets.ISO_8859_1);
        return onTrial.containsKey(text) ? null : text;
    }

    void beginTrial(String name, long nowNanos) {
        onTrial.put(name, nowNanos);
    }

    /** Whether one on trial is known by now not to be quick: Redis may do nothing else. */
    boolean isAnyOverdue(long nowNanos) {
        return !onTrial.isEmpty() && onTrial.values().stream().anyMatch(since -> nowNanos - since > QUICK_NANOS);
    }

    /** @param wasQuick whether it has answered in a time for which everybody can wait */
    void endTrial(String name, boolean wasQuick) {
        onTrial.remove(name);
        if (wasQuick) {
            quick.add(name.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** An error for a client. If it says that scripts are gone, each is tried again, and loaded then. Borrows the buffer. */
    void onError(ByteBuf buf, int from, int length) {
        if (isNoScript(buf, from, length)) {
            quick.clear();
        }
    }

    /** Whether that reply says that Redis does not have the script. Borrows the buffer. */
    static boolean isNoScript(ByteBuf buf, int from, int length) {
        return length > NOSCRIPT.length() && startsWith(buf, from);
    }

    private static boolean startsWith(ByteBuf buf, int from) {
        for (int i = 0; i < NOSCRIPT.length(); i++) {
            if (buf.getByte(from + i) != NOSCRIPT.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Redis does not answer, perhaps because of one of them: each is tried again. */
    void distrust() {
        quick.clear();
    }

    // ---- bodies

    /** The text of the script of that name; null if it is not remembered. */
    byte @Nullable [] body(String name) {
        Script script = bodies.find(ascii(name));
        return script == null ? null : script.body();
    }

    /** The SCRIPT LOAD for what that command calls by its SHA-1; null if it calls nothing so, or a script that is not remembered. */
    byte @Nullable [] loadFor(byte[][] call) {
        String name = new String(call[0], StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        Script script = name.startsWith("evalsha") && call.length > 1 ? bodies.find(call[1]) : null;
        if (script == null) {
            return null;
        }
        ByteBuf out = Unpooled.buffer();
        RespWriter.command(out, SCRIPT, LOAD, script.body());
        return ByteBufUtil.getBytes(out);
    }

    /** Appends a SCRIPT LOAD for each script that is remembered. Returns how many. */
    int writeLoads(ByteBuf out) {
        Collection<Script> all = bodies.all();
        all.forEach(script -> RespWriter.command(out, SCRIPT, LOAD, script.body()));
        return all.size();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
