package dev.redoubt.it.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Just enough of a RESP client for the bench's own questions, on loopback. Blocking; owned by one thread. */
final class RedisWire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Socket socket = new Socket();
    private final InputStream input;

    RedisWire(int port) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            input = new BufferedInputStream(socket.getInputStream(), 512);
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /** A loopback port that nobody listens on at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** One question on a connection of its own; empty while nothing answers there. */
    static Optional<String> askOnce(int port, String... words) {
        try (RedisWire wire = new RedisWire(port)) {
            return Optional.of(wire.ask(words));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /** @return a bulk string's content, or the line of any other reply, with its type in front */
    String ask(String... words) throws IOException {
        StringBuilder frame = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            frame.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        socket.getOutputStream().write(frame.toString().getBytes(StandardCharsets.US_ASCII));
        String line = line();
        return line.startsWith("$") && !line.equals("$-1") ? bulk(Integer.parseInt(line.substring(1))) : line;
    }

    /** A number of INFO's. */
    long info(String section, String name) throws IOException {
        Matcher matcher = Pattern.compile("(?m)^" + name + ":(\\d+)").matcher(ask("INFO", section));
        if (!matcher.find()) {
            throw new IOException("INFO " + section + " has no " + name);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** Returns when the other side has closed the connection. */
    void awaitEnd() throws IOException {
        if (input.read() >= 0) {
            throw new IOException("it said something instead of ending");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("closed in the middle of a reply");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    private String bulk(int length) throws IOException {
        byte[] content = input.readNBytes(length);
        line();
        return new String(content, StandardCharsets.UTF_8);
    }
}
