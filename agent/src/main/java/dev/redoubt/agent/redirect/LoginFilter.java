package dev.redoubt.agent.redirect;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps from the proxy the login that Jedis begins a connection with. If the first command is an AUTH it is not sent, and the client has the answer that it expects; a HELLO goes without its AUTH. What comes
 * later is the application's own doing, and passes. As thread-safe as a socket's streams are.
 */
final class LoginFilter {
    private static final byte[] DONE = "+OK\r\n".getBytes(StandardCharsets.US_ASCII);
    /** No login is longer; what is begins with something else. */
    private static final int MAX_HEAD = 65_536;

    private static final int WORDS_OF_AUTH = 3;

    private volatile int owed;

    /** What goes to the proxy. */
    OutputStream before(OutputStream out) {
        return new Output(out);
    }

    /** What comes from it, and the answers that it was not asked for. */
    InputStream before(InputStream in) {
        return new Input(in);
    }

    private final class Output extends FilterOutputStream {
        private @Nullable ByteArrayOutputStream head = new ByteArrayOutputStream();

        Output(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteArrayOutputStream begun = head;
            if (begun == null || length == 0) {
                out.write(bytes, offset, length);
                return;
            }
            begun.write(bytes, offset, length);
            byte[] all = begun.toByteArray();
            FirstCommand first = FirstCommand.in(all);
            if (first == null && all.length < MAX_HEAD && all[0] == '*') {
                return; // the rest of it is yet to come
            }
            head = null;
            int end = first == null ? 0 : login(first);
            out.write(all, end, all.length - end);
        }

        /** How many bytes are dealt with. */
        private int login(FirstCommand first) throws IOException {
            String verb = first.words.get(0).toUpperCase(Locale.ROOT);
            if (verb.equals("AUTH")) {
                owed = DONE.length;
                return first.end;
            }
            int auth = indexOfAuth(first.words);
            if (!verb.equals("HELLO") || auth < 0) {
                return 0;
            }
            List<String> without = new ArrayList<>(first.words);
            without.subList(auth, auth + WORDS_OF_AUTH).clear();
            out.write(FirstCommand.bytesOf(without));
            return first.end;
        }

        private int indexOfAuth(List<String> words) {
            for (int i = 2; i + WORDS_OF_AUTH <= words.size(); i++) {
                if (words.get(i).equalsIgnoreCase("AUTH")) {
                    return i;
                }
            }
            return -1;
        }
    }

    private final class Input extends FilterInputStream {
        Input(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int left = owed;
            if (left == 0 || length == 0) {
                return in.read(bytes, offset, length);
            }
            int count = Math.min(length, left);
            System.arraycopy(DONE, DONE.length - left, bytes, offset, count);
            owed = left - count;
            return count;
        }

        @Override
        public int available() throws IOException {
            return owed + in.available();
        }

        @Override
        public long skip(long count) throws IOException {
            return Math.max(0, read(new byte[(int) Math.min(count, DONE.length)]));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** A command at the beginning of some bytes: one byte a character, whatever it stands for. */
    private static final class FirstCommand {
        private final List<String> words = new ArrayList<>();
        private int end;

        /** Null if it is not whole, or none. */
        static @Nullable FirstCommand in(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            FirstCommand command = new FirstCommand();
            int count = command.number(text, '*');
            while (count > 0 && command.words.size() < count) {
                int length = command.number(text, '$');
                int next = command.end + length + 2;
                if (length < 0 || next > text.length()) {
                    return null;
                }
                command.words.add(text.substring(command.end, command.end + length));
                command.end = next;
            }
            return count > 0 ? command : null;
        }

        /** The number of a line that begins so; -1 if it is not there. */
        private int number(String text, char mark) {
            int lineEnd = text.indexOf("\r\n", end);
            if (lineEnd < 0 || text.charAt(end) != mark) {
                return -1;
            }
            try {
                int number = Integer.parseInt(text.substring(end + 1, lineEnd));
                end = lineEnd + 2;
                return number;
            } catch (NumberFormatException e) {
                return -1;
            }
        }

        static byte[] bytesOf(List<String> words) {
            StringBuilder text = new StringBuilder("*").append(words.size()).append("\r\n");
            for (String word : words) {
                text.append('$')
                        .append(word.length())
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            return text.toString().getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
