package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.tls.BlockingTls;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A blocking RESP client for one thread, for the command line only: clarity before speed. */
final class RespClient implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 64 << 10;
    private static final int MAX_BULK_BYTES = 512 << 20;

    private Socket socket;
    private DataInputStream in;

    private RespClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = input(socket);
    }

    private static DataInputStream input(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** @param readTimeout for each reply; zero waits for ever, as blocking commands need */
    static RespClient connect(InetSocketAddress address, Duration connectTimeout, Duration readTimeout)
            throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, (int) connectTimeout.toMillis());
            socket.setSoTimeout((int) readTimeout.toMillis());
            socket.setTcpNoDelay(true);
            return new RespClient(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Goes on with TLS, before anything was said; the certificate must be for that host. Returns what was agreed on. */
    SSLSession secure(BlockingTls tls, String host) throws IOException {
        SSLSocket secured = tls.secure(socket, host, socket.getPort());
        socket = secured;
        in = input(secured);
        return secured.getSession();
    }

    Reply call(String... words) throws IOException {
        return call(Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    Reply call(List<byte[]> arguments) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(ascii("*" + arguments.size() + "\r\n"));
        for (byte[] argument : arguments) {
            frame.writeBytes(ascii("$" + argument.length + "\r\n"));
            frame.writeBytes(argument);
            frame.writeBytes(ascii("\r\n"));
        }
        socket.getOutputStream().write(frame.toByteArray());
        return read();
    }

    /** The next reply or push. */
    Reply read() throws IOException {
        String line = line();
        String rest = line.isEmpty() ? "" : line.substring(1);
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> new Reply.Status(rest);
            case '-' -> new Reply.Failure(rest);
            case ':' -> new Reply.Number(number(rest));
            case '$' -> bulk(length(rest));
            case '=' -> verbatim(length(rest));
            case '!' -> new Reply.Failure(new String(exactly(length(rest)), StandardCharsets.UTF_8));
            case '*', '~', '>' -> items(length(rest));
            case '%' -> new Reply.Pairs(replies(2 * length(rest)));
            case '_' -> new Reply.Nil();
            case '#' -> new Reply.Scalar("", rest.equals("t") ? "(true)" : "(false)");
            case ',' -> new Reply.Scalar("double", rest);
            case '(' -> new Reply.Scalar("integer", rest);
            default -> throw new ProtocolException("this is not Redis: it answered \"" + line + "\"");
        };
    }

    private Reply items(int count) throws IOException {
        return count < 0 ? new Reply.Nil() : new Reply.Items(replies(count));
    }

    private List<Reply> replies(int count) throws IOException {
        List<Reply> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(read());
        }
        return List.copyOf(items);
    }

    private Reply bulk(int length) throws IOException {
        return length < 0 ? new Reply.Nil() : new Reply.Text(exactly(length));
    }

    /** Three letters of format and a colon come before the text. */
    private Reply verbatim(int length) throws IOException {
        byte[] bytes = exactly(length);
        return new Reply.Text(Arrays.copyOfRange(bytes, Math.min(4, bytes.length), bytes.length));
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || in.readUnsignedShort() != ('\r' << 8 | '\n')) {
            throw new EOFException("the reply was cut short");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the server closed the connection");
        }
        while (next != '\r') {
            if (next < 0 || bytes.size() > MAX_LINE_BYTES) {
                throw new ProtocolException("this is not Redis: its answer has no end of line");
            }
            bytes.write(next);
            next = in.read();
        }
        in.readByte();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int length(String text) throws IOException {
        long length = number(text);
        if (length < -1 || length > MAX_BULK_BYTES) {
            throw new ProtocolException("this is not Redis: a length of " + length);
        }
        return (int) length;
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProtocolException("this is not Redis: \"" + text + "\" where a number belongs");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
