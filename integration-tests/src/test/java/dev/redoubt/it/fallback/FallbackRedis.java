package dev.redoubt.it.fallback;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A redis-server from the PATH on a free port, without persistence, and one raw connection to it. */
final class FallbackRedis implements AutoCloseable {
    private final Process process;
    private final Connection connection;
    private final int port;

    FallbackRedis() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        process = new ProcessBuilder(
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--hash-max-ziplist-value", // small hashes keep the order of their fields
                        "1000000",
                        "--hash-max-ziplist-entries",
                        "1000000",
                        "--save",
                        "",
                        "--appendonly",
                        "no")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
            try (Connection probe = connect()) {
                return probe.send("PING").equals("+PONG\r\n");
            }
        });
        connection = connect();
    }

    /** It ends with this JVM, for those who share it. */
    FallbackRedis untilTheEnd() {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return this;
    }

    Connection connect() throws IOException {
        return new Connection(new Socket("127.0.0.1", port));
    }

    /** The reply's bytes, one char a byte. */
    String send(String... command) throws IOException {
        return connection.send(command);
    }

    byte[] sendRaw(byte[] frames) throws IOException {
        return connection.sendRaw(frames);
    }

    /** Takes and gives one char a byte. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        connection.close();
        process.destroyForcibly();
    }

    static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }

        String send(String... command) throws IOException {
            StringBuilder frame = new StringBuilder("*" + command.length + "\r\n");
            for (String argument : command) {
                frame.append('$')
                        .append(argument.length())
                        .append("\r\n")
                        .append(argument)
                        .append("\r\n");
            }
            return new String(sendRaw(bytes(frame.toString())), StandardCharsets.ISO_8859_1);
        }

        /** One command; its one reply. */
        byte[] sendRaw(byte[] frame) throws IOException {
            write(frame);
            return readFrame();
        }

        void write(byte[] frames) throws IOException {
            socket.getOutputStream().write(frames);
        }

        byte[] readFrame() throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            readInto(frame);
            return frame.toByteArray();
        }

        private void readInto(ByteArrayOutputStream frame) throws IOException {
            String line = readLine(frame);
            int number = "$*%~".indexOf(line.charAt(0)) >= 0 ? Integer.parseInt(line.substring(1)) : 0;
            if (line.charAt(0) == '$' && number >= 0) {
                frame.write(in.readNBytes(number + 2));
            } else if (line.charAt(0) == '*' || line.charAt(0) == '~' || line.charAt(0) == '%') {
                int elements = line.charAt(0) == '%' ? 2 * number : number;
                for (int i = 0; i < elements; i++) {
                    readInto(frame);
                }
            }
        }

        private String readLine(ByteArrayOutputStream frame) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("Redis closed the connection");
                }
                frame.write(b);
                line.append((char) b);
            }
            frame.write('\n');
            return line.toString().trim();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
