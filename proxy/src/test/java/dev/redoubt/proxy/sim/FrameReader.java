package dev.redoubt.proxy.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads RESP frames from bytes that come in pieces: written plainly and apart from the proxy's scanners, which it checks. */
final class FrameReader {
    /** The bytes are not RESP. */
    static final class Garbage extends RuntimeException {
        private static final long serialVersionUID = 1;

        Garbage(String message) {
            super(message);
        }
    }

    private byte[] bytes = new byte[256];
    private int start;
    private int end;
    private int position;
    private int awaitedEnd;

    void add(byte[] more) {
        if (end + more.length > bytes.length) {
            byte[] larger = new byte[Math.max(bytes.length, 2 * (end - start + more.length))];
            System.arraycopy(bytes, start, larger, 0, end - start);
            awaitedEnd -= start;
            end -= start;
            start = 0;
            bytes = larger;
        }
        System.arraycopy(more, 0, bytes, end, more.length);
        end += more.length;
    }

    /** Whether an unfinished frame has begun. */
    boolean isMidFrame() {
        return end > start;
    }

    /** What has come of the unfinished frame, for people. */
    String unfinished() {
        return new String(bytes, start, Math.min(end - start, 80), StandardCharsets.ISO_8859_1);
    }

    /** The next whole frame; null when there is none yet. */
    @Nullable
    Frame next() {
        if (end <= start || end < awaitedEnd) {
            return null;
        }
        position = start;
        Frame frame = read();
        if (frame == null) {
            return null;
        }
        start = position;
        awaitedEnd = 0;
        if (start == end) {
            start = 0;
            end = 0;
        }
        return frame;
    }

    private @Nullable Frame read() {
        if (position >= end) {
            return null;
        }
        char type = (char) bytes[position];
        String line = line();
        if (line == null) {
            return null;
        }
        return switch (type) {
            case '+', '-', ':', ',', '(', '#', '_' -> new Frame(type, line, List.of());
            case '$', '=', '!' -> bulk(type, Integer.parseInt(line));
            case '*', '~', '>' -> aggregate(type, Integer.parseInt(line));
            case '%' -> aggregate(type, 2 * Integer.parseInt(line));
            case '|' -> aggregate(type, 2 * Integer.parseInt(line)) == null ? null : read();
            default -> throw new Garbage("a frame of type '" + type + "'");
        };
    }

    private @Nullable String line() {
        for (int i = position + 1; i + 1 < end; i++) {
            if (bytes[i] == '\r') {
                if (bytes[i + 1] != '\n') {
                    throw new Garbage("CR without LF");
                }
                String line = new String(bytes, position + 1, i - position - 1, StandardCharsets.ISO_8859_1);
                position = i + 2;
                return line;
            }
        }
        return null;
    }

    private @Nullable Frame bulk(char type, int length) {
        if (length < 0) {
            return new Frame(type, null, List.of());
        }
        if (position + length + 2 > end) {
            awaitedEnd = position + length + 2;
            return null;
        }
        String text = new String(bytes, position, length, StandardCharsets.ISO_8859_1);
        position += length + 2;
        if (bytes[position - 2] != '\r' || bytes[position - 1] != '\n') {
            throw new Garbage("a bulk that does not end where it says");
        }
        return new Frame(type, text, List.of());
    }

    private @Nullable Frame aggregate(char type, int count) {
        if (count < 0) {
            return new Frame(type, null, List.of());
        }
        List<Frame> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Frame item = read();
            if (item == null) {
                return null;
            }
            items.add(item);
        }
        return new Frame(type, "", items);
    }

    /** A command's bytes. */
    static byte[] command(String... words) {
        StringBuilder text = new StringBuilder("*").append(words.length).append("\r\n");
        for (String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return bytes(text.toString());
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(List<byte[]> pieces) {
        int length = pieces.stream().mapToInt(piece -> piece.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    static byte[] part(byte[] all, int from, int to) {
        return Arrays.copyOfRange(all, from, to);
    }
}
