package dev.redoubt.proxy.lockscript;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Recognises scripts around locks by their bodies, and by their SHA once the body has come by. Thread-safe: the flight reader
 * learns, the lane asks.
 */
public final class LockScripts {
    /** Bodies looked at; beyond it nothing is learned: an application that makes a new script for each call has no use for it. */
    private static final int MOST_LEARNED = 1_000;
    /** Those around locks are far shorter. */
    private static final int LONGEST_BODY_BYTES = 2_048;

    private static final Map<List<String>, LockScript> BY_WORDS = Map.of(
            Normaliser.normalised(WellKnown.REDIS_PY_EXTEND), new LockScript.AddTime(),
            Normaliser.normalised(WellKnown.REDLOCK_ACQUIRE), LockScript.AllKeys.ACQUIRE,
            Normaliser.normalised(WellKnown.REDLOCK_EXTEND), LockScript.AllKeys.EXTEND,
            Normaliser.normalised(WellKnown.REDLOCK_RELEASE), LockScript.AllKeys.RELEASE);

    /** By body; empty for one that is none of them. */
    private final Map<String, Optional<LockScript>> byBody = new ConcurrentHashMap<>();

    private final Map<String, LockScript> bySha = new ConcurrentHashMap<>();

    /** Null if it is none of them. From now on its SHA is known too. */
    public @Nullable LockScript ofBody(byte[] body) {
        if (body.length > LONGEST_BODY_BYTES) {
            return null;
        }
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Optional<LockScript> known = byBody.get(text);
        if (known == null) {
            known = Optional.ofNullable(recognise(text));
            if (byBody.size() < MOST_LEARNED) {
                byBody.put(text, known);
                known.ifPresent(script -> bySha.put(sha1(body), script));
            }
        }
        return known.orElse(null);
    }

    /** Null if no body with this SHA has come by, or it was none of them. */
    public @Nullable LockScript ofSha(byte[] sha) {
        return bySha.get(new String(sha, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
    }

    static @Nullable LockScript recognise(String text) {
        try {
            List<String> words = Normaliser.normalised(text);
            LockScript known = BY_WORDS.get(words);
            return known == null ? new LockScript.OneKey(ScriptParser.parse(words)) : known;
        } catch (Unrecognised e) {
            return null;
        }
    }

    /** In hexadecimal, as EVALSHA takes it. */
    public static String sha1(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
