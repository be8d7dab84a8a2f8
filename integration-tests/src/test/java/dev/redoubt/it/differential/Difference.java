package dev.redoubt.it.differential;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The proxy gave something else than Redis. Without a stack: it says what the clients saw, not where the test is. */
final class Difference extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 300;

    Difference(String message) {
        super(message, null, false, false);
    }

    static Difference of(Request request, String expected, String actual) {
        return new Difference(request.shown() + "\n    Redis: " + expected + "\n    proxy: " + actual);
    }

    /** A frame for people; from where two long ones part. */
    static String shown(byte[] frame, byte @Nullable [] other) {
        String text = new String(frame, StandardCharsets.ISO_8859_1);
        int same = 0;
        while (other != null && same < Math.min(frame.length, other.length) && frame[same] == other[same]) {
            same++;
        }
        int from = Math.max(0, same - LONGEST / 2);
        return (from > 0 ? "... from byte " + from + ": " : "") + Request.quoted(text.substring(from), LONGEST);
    }
}
