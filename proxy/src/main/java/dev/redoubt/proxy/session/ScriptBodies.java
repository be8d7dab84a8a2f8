package dev.redoubt.proxy.session;

import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scripts that clients have brought with EVAL and SCRIPT LOAD, those used last kept longest: so many, and so many bytes. Confined to the lane. */
final class ScriptBodies {
    /** @param sha as Redis names it, 40 hexadecimal digits */
    record Script(byte[] sha, byte[] body) {}

    /** Equal by content. */
    private record Body(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Body body && Arrays.equals(bytes, body.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private final int maxCount;
    private final long maxBytes;
    private final Map<Body, Script> byBody = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Body, Script> bySha = new LinkedHashMap<>();
    private long bytes;

    ScriptBodies(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** The script with that body, remembered from now on if there is room for it. */
    Script of(byte[] body) {
        Script known = byBody.get(new Body(body));
        if (known != null) {
            return known;
        }
        Script script = new Script(sha(body), body);
        if (body.length <= maxBytes && maxCount > 0) {
            byBody.put(new Body(body), script);
            bySha.put(new Body(script.sha()), script);
            bytes += body.length;
            makeRoom();
        }
        return script;
    }

    private void makeRoom() {
        Iterator<Script> oldest = byBody.values().iterator();
        while (byBody.size() > maxCount || bytes > maxBytes) {
            Script gone = oldest.next();
            oldest.remove();
            bySha.remove(new Body(gone.sha()));
            bytes -= gone.body().length;
        }
    }

    /** The remembered script of that name, in any case; null if there is none. */
    @Nullable
    Script find(byte[] sha) {
        return bySha.get(new Body(lower(sha)));
    }

    /** All of them. */
    Collection<Script> all() {
        return List.copyOf(byBody.values());
    }

    void clear() {
        byBody.clear();
        bySha.clear();
        bytes = 0;
    }

    private static byte[] lower(byte[] sha) {
        return ascii(new String(sha, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
    }

    private static byte[] sha(byte[] body) {
        try {
            return ascii(ByteBufUtil.hexDump(MessageDigest.getInstance("SHA-1").digest(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
