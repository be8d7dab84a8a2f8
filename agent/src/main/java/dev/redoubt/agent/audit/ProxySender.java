package dev.redoubt.agent.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes reports to the proxy's admin address, if that is on this machine. By a socket and by hand: Java's own HTTP client would ask the
 * application's proxies, cookies and passwords, and begin logging. Thread-safe.
 */
final class ProxySender {
    private static final String TAKEN = " 200 ";
    private static final int MAX_STATUS_LINE = 200;

    private final String host;
    private final int port;
    private volatile @Nullable InetAddress address;

    ProxySender(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /**
     * Blocks for at most three times so long. Whether the proxy took it.
     *
     * @throws IOException if nobody answers, or the address is not of this machine
     */
    boolean send(byte[] json, int timeoutMillis) throws IOException {
        InetAddress here = loopback();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(here, port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            OutputStream out = socket.getOutputStream();
            out.write(head(json.length).getBytes(StandardCharsets.US_ASCII));
            out.write(json);
            out.flush();
            return statusLine(socket).contains(TAKEN);
        }
    }

    private InetAddress loopback() throws IOException {
        InetAddress known = address;
        if (known == null) {
            known = InetAddress.getByName(host);
            address = known;
        }
        if (!known.isLoopbackAddress()) {
            throw new IOException(host + " is not this machine");
        }
        return known;
    }

    private String head(int length) {
        return "POST /agent/report HTTP/1.1\r\nHost: localhost:" + port + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + length + "\r\nConnection: close\r\n\r\n";
    }

    /** Whatever answers need not be the proxy. */
    private static String statusLine(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < MAX_STATUS_LINE; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
