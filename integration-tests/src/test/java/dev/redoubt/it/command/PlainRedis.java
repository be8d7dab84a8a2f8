package dev.redoubt.it.command;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A redis-server of the test's own on a free port of loopback, and one connection to it that shows replies as they came. */
final class PlainRedis implements AutoCloseable {
    private final Process process;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private PlainRedis(Process process, Socket socket) throws IOException {
        this.process = process;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Skips the test where there is no redis-server, or it is not of that version line ("7.0"). */
    static PlainRedis start(String versionLine) throws IOException {
        Path binary = binary();
        Assumptions.assumeTrue(binary != null, "no redis-server on the PATH or in REDOUBT_TEST_REDIS");
        int port = freePort();
        Process process = new ProcessBuilder(
                        binary.toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--save",
                        "",
                        "--enable-debug-command",
                        "yes")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Socket socket = Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> new Socket(InetAddress.getLoopbackAddress(), port), connected -> true);
        PlainRedis redis = new PlainRedis(process, socket);
        boolean matches = redis.call("INFO server").contains("redis_version:" + versionLine + ".");
        if (!matches) {
            redis.close();
        }
        Assumptions.assumeTrue(matches, "redis-server is not " + versionLine);
        return redis;
    }

    /** The reply, byte for byte as Latin-1, to a call of words separated by spaces. */
    String call(String words) throws IOException {
        return call(Arrays.stream(words.split(" ")).map(PlainRedis::bytes).toArray(byte[][]::new));
    }

    String call(byte[]... args) throws IOException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(bytes("*" + args.length + "\r\n"));
        for (byte[] arg : args) {
            command.writeBytes(bytes("$" + arg.length + "\r\n"));
            command.writeBytes(arg);
            command.writeBytes(bytes("\r\n"));
        }
        out.write(command.toByteArray());
        StringBuilder reply = new StringBuilder();
        readFrame(reply);
        return reply.toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        process.destroyForcibly();
    }

    private void readFrame(StringBuilder reply) throws IOException {
        int start = reply.length();
        readLine(reply);
        char type = reply.charAt(start);
        if ("*~%$".indexOf(type) < 0) {
            return;
        }
        int count = Integer.parseInt(reply.substring(start + 1, reply.length() - 2));
        if (type == '$') {
            reply.append(count < 0 ? "" : new String(in.readNBytes(count + 2), StandardCharsets.ISO_8859_1));
            return;
        }
        for (int i = 0; i < (type == '%' ? 2 * count : count); i++) {
            readFrame(reply);
        }
    }

    private void readLine(StringBuilder reply) throws IOException {
        int letter = 0;
        while (letter != '\n') {
            letter = in.read();
            if (letter < 0) {
                throw new IOException("redis-server closed the connection");
            }
            reply.append((char) letter);
        }
    }

    private static Path binary() {
        String named = System.getenv("REDOUBT_TEST_REDIS");
        if (named != null) {
            return Path.of(named);
        }
        return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
