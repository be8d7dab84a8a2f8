package dev.redoubt.it.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One blocking connection that sends what it is told, when it is told, and reads one reply at a time. It has no opinion on
 * what belongs together, and never connects again. Confined to one thread; another may close it.
 */
public final class RawClient implements AutoCloseable {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream in;
    private final RespReader replies;

    /** The connection cannot be opened, has ended, was reset, or carries something that is not RESP. */
    public static final class ConnectionLost extends RuntimeException {
        private static final long serialVersionUID = 1;

        private ConnectionLost(String what, IOException cause) {
            super(what + ": " + cause, cause);
        }
    }

    /** No whole reply came in time. The connection is open; a later read finds the reply if nothing of it had come yet. */
    public static final class NoReply extends RuntimeException {
        private static final long serialVersionUID = 1;

        private NoReply(SocketTimeoutException cause) {
            super("no reply in time", cause);
        }
    }

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.replies = new RespReader(in);
        socket.setTcpNoDelay(true);
        timeout(DEFAULT_TIMEOUT);
    }

    public static RawClient connect(String host, int port) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), (int) DEFAULT_TIMEOUT.toMillis());
            return new RawClient(socket);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new ConnectionLost("cannot connect to " + host + ":" + port, e);
        }
    }

    /** One with TLS: the factory says whom it trusts and who we are; whose certificate it is, is not checked. */
    public static RawClient connect(SSLSocketFactory tls, String host, int port) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), (int) DEFAULT_TIMEOUT.toMillis());
            SSLSocket secured = (SSLSocket) tls.createSocket(socket, host, port, true);
            secured.startHandshake();
            return new RawClient(secured);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new ConnectionLost("cannot connect to " + host + ":" + port, e);
        }
    }

    /** How long a read waits from now on; 10 seconds at first. */
    public RawClient timeout(Duration limit) {
        try {
            socket.setSoTimeout((int) limit.toMillis());
        } catch (IOException e) {
            throw new ConnectionLost("connection closed", e);
        }
        return this;
    }

    /** Sends a command and reads one reply. */
    public Object call(String... command) {
        send(command);
        return read();
    }

    /** Sends a command as an array of bulk strings. */
    public void send(String... command) {
        sendRaw(encode(command));
    }

    /** Sends commands in one write. */
    public void sendAll(String[]... commands) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String[] command : commands) {
            out.writeBytes(encode(command));
        }
        sendRaw(out.toByteArray());
    }

    /** Sends a text as it stands, such as {@code "PING\r\n"} or half a command. */
    public void sendRaw(String text) {
        sendRaw(text.getBytes(StandardCharsets.UTF_8));
    }

    public void sendRaw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new ConnectionLost("cannot send", e);
        }
    }

    /**
     * The next frame: String (simple, bulk, verbatim), Long, Double, Boolean, BigInteger, {@link RedisError}, List, Map, Set,
     * {@link Push}, or null. Attributes are left out. {@link #readRaw} tells apart what looks the same here.
     */
    public Object read() {
        try {
            return replies.read();
        } catch (SocketTimeoutException e) {
            throw new NoReply(e);
        } catch (IOException e) {
            throw new ConnectionLost("cannot read a reply", e);
        }
    }

    /** The bytes of the next frame. */
    public byte[] readRaw() {
        read();
        return replies.lastFrame();
    }

    /** Waits until the other side closes the connection; true if it did so, false if it sent something else instead. */
    public boolean isClosedByPeer() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            throw new NoReply(e);
        } catch (IOException reset) {
            return true;
        }
    }

    /** Sends FIN and goes on reading. */
    public void closeOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new ConnectionLost("cannot close the output", e);
        }
    }

    /** Closes with RST, as a client does that crashes with replies unread. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new ConnectionLost("cannot reset", e);
        }
        close();
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing is left to close.
        }
    }

    static byte[] encode(String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + command.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String argument : command) {
            byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(bytes);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        return out.toByteArray();
    }
}
