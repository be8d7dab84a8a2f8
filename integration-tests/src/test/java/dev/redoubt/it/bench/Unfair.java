package dev.redoubt.it.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** What one client does that others may feel. Each is done once, on a connection of its own, by the calling thread. */
enum Unfair {
    NOTHING("nothing, for 3 s") {
        @Override
        void run(Socket socket) {
            LockSupport.parkNanos(3_000_000_000L);
        }
    },
    REPLY("asks for a value of 500 MB") {
        @Override
        void run(Socket socket) throws IOException {
            send(socket, "GET", LARGE_KEY);
            skipReply(socket, 0);
        }
    },
    REPLY_AGAIN("asks for that value once more") {
        @Override
        void run(Socket socket) throws IOException {
            REPLY.run(socket);
        }
    },
    SLOW_READER("asks for a list of 100 MB and reads 20 MB/s") {
        @Override
        void run(Socket socket) throws IOException {
            send(socket, "LRANGE", LIST_KEY, "0", "-1");
            skipReply(socket, 50_000_000L);
        }
    },
    SLOW_READER_AGAIN("does that once more") {
        @Override
        void run(Socket socket) throws IOException {
            SLOW_READER.run(socket);
        }
    },
    KEYS("asks for KEYS * of a million keys") {
        @Override
        void run(Socket socket) throws IOException {
            send(socket, "KEYS", "*");
            skipReply(socket, 0);
        }
    },
    SCRIPT("runs a script of 4,000,000,000 rounds") {
        @Override
        void run(Socket socket) throws IOException {
            send(socket, "EVAL", "local n = 0 for i = 1, 4000000000 do n = n + 1 end return 1", "0");
            skipReply(socket, 0);
        }
    },
    UPLOAD("sets a value of 500 MB") {
        @Override
        void run(Socket socket) throws IOException {
            upload(socket, "uploaded", LARGE_BYTES);
            skipReply(socket, 0);
            send(socket, "UNLINK", "uploaded");
            skipReply(socket, 0);
        }
    };

    static final String LARGE_KEY = "large";
    static final String LIST_KEY = "list";
    static final int LARGE_BYTES = 500 * 1_000_000;
    private static final int PIECE_BYTES = 1_000_000;

    private final String words;

    Unfair(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Does it, and returns when its reply has been read. */
    abstract void run(Socket socket) throws IOException;

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(120_000);
        return socket;
    }

    static void send(Socket socket, String... words) throws IOException {
        StringBuilder frame = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            frame.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        socket.getOutputStream().write(frame.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** SET with a value of so many bytes, in pieces. */
    static void upload(Socket socket, String key, int bytes) throws IOException {
        String head = "*3\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n$" + bytes + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        byte[] piece = new byte[PIECE_BYTES];
        for (int left = bytes; left > 0; left -= PIECE_BYTES) {
            socket.getOutputStream().write(piece, 0, Math.min(left, PIECE_BYTES));
        }
        socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads one reply and forgets it. An error is one too. */
    static void skipReply(Socket socket, long nanosAPiece) throws IOException {
        skip(new BufferedInputStream(new Paced(socket.getInputStream(), nanosAPiece), PIECE_BYTES));
    }

    private static void skip(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("cut off");
            }
            line.append((char) next);
        }
        long number = line.charAt(0) == '*' || line.charAt(0) == '$'
                ? Long.parseLong(line.substring(1).strip())
                : 0;
        if (line.charAt(0) == '*') {
            for (long i = 0; i < number; i++) {
                skip(in);
            }
        } else if (line.charAt(0) == '$' && number >= 0) {
            in.skipNBytes(number + 2);
        }
    }

    /** Waits after each read, for so long after a megabyte and less after less. */
    private static final class Paced extends InputStream {
        private final InputStream in;
        private final long nanosAPiece;

        Paced(InputStream in, long nanosAPiece) {
            this.in = in;
            this.nanosAPiece = nanosAPiece;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (nanosAPiece == 0) {
                return in.read(into, from, length);
            }
            int taken = in.read(into, from, Math.min(length, PIECE_BYTES));
            LockSupport.parkNanos(nanosAPiece * Math.max(taken, 0) / PIECE_BYTES);
            return taken;
        }
    }
}
