package dev.redoubt.it.differential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a client sends in one piece of meaning: a command, or bytes that are none.
 *
 * @param shown for people
 * @param wire the bytes
 * @param replies how many frames Redis answers with
 * @param comparison how those frames have to agree
 * @param ends whether the server closes the connection after them
 */
record Request(String shown, byte[] wire, int replies, Comparison comparison, boolean ends) {
    private static final int LONGEST_SHOWN = 60;

    /** A command as an array of bulk strings; each character of a word is a byte. */
    static Request command(List<String> words, Comparison comparison) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(bytes("*" + words.size() + "\r\n"));
        for (String word : words) {
            wire.writeBytes(bytes("$" + word.length() + "\r\n" + word + "\r\n"));
        }
        return new Request(shown(words), wire.toByteArray(), 1, comparison, false);
    }

    static Request command(String... words) {
        return command(List.of(words), Comparison.EXACT);
    }

    /** The same as a line of text. */
    static Request inline(List<String> words, Comparison comparison, String lineEnd) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.isEmpty() ? "" : " ").append(quoted(word, Integer.MAX_VALUE));
        }
        return new Request("(inline) " + shown(words), bytes(line + lineEnd), 1, comparison, false);
    }

    static Request raw(String wire, int replies, boolean ends) {
        return new Request("(bytes) " + quoted(wire, LONGEST_SHOWN), bytes(wire), replies, Comparison.EXACT, ends);
    }

    /** Nothing is said; so many frames come that others have caused. */
    static Request arrivals(int frames) {
        return new Request("(" + frames + " arrive)", new byte[0], frames, Comparison.EXACT, false);
    }

    /** The same request where it gets so many frames. */
    Request answeredBy(int frames) {
        return new Request(shown, wire, frames, comparison, ends);
    }

    /** Several in one piece, where the first ones' replies or silence depend on the others. */
    static Request together(List<Request> requests) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        requests.forEach(request -> wire.writeBytes(request.wire()));
        return new Request(
                String.join(" + ", requests.stream().map(Request::shown).toList()),
                wire.toByteArray(),
                requests.stream().mapToInt(Request::replies).sum(),
                Comparison.EXACT,
                requests.stream().anyMatch(Request::ends));
    }

    /** Whether Redis answers less than one frame a command to it. */
    boolean silences() {
        return shown.startsWith("CLIENT REPLY OFF +") || shown.startsWith("CLIENT REPLY SKIP +");
    }

    Request ending() {
        return new Request(shown, wire, replies, comparison, true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String shown(List<String> words) {
        return String.join(
                " ", words.stream().map(word -> quoted(word, LONGEST_SHOWN)).toList());
    }

    /** As redis-cli takes it. */
    static String quoted(String word, int longest) {
        if (word.matches("[!#-&(-~]+") && word.length() <= longest) {
            return word;
        }
        StringBuilder out = new StringBuilder("\"");
        for (char c : word.substring(0, Math.min(word.length(), longest)).toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append("\\x%02x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
        return word.length() > longest ? out + "... (" + word.length() + " bytes)" : out.toString();
    }
}
