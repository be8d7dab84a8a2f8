package dev.redoubt.it.oracle;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program of Redis's suite that runs tests, {@code test_helper.tcl --client}. It connects to whoever started it, gets
 * orders and reports: each a line with a length, and a Tcl list of so many bytes. Confined to one thread.
 */
final class SuiteClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 20_000;

    private final Process process;
    private final Socket socket;
    private final InputStream in;

    private SuiteClient(Process process, Socket socket) throws IOException {
        this.process = process;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * @param directory in which {@code tests/} lies
     * @param options test_helper.tcl's own
     * @param log takes what it prints
     */
    static SuiteClient start(Path tclsh, Path directory, List<String> options, Path log) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProcessBuilder builder = new ProcessBuilder(tclsh.toString(), "tests/test_helper.tcl");
            builder.command().addAll(options);
            builder.command().addAll(List.of("--client", Integer.toString(listener.getLocalPort())));
            // Names of tests are to be the same everywhere, and redis-cli's output without colours.
            builder.environment().putAll(Map.of("LC_ALL", "C", "TERM", "dumb"));
            builder.directory(directory.toFile()).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            Process process = builder.start();
            try {
                listener.setSoTimeout(CONNECT_MILLIS);
                return new SuiteClient(process, listener.accept());
            } catch (IOException e) {
                process.destroyForcibly();
                throw new IOException("the suite's program does not start; it printed to " + log, e);
            }
        }
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    void run(String unit) throws IOException {
        String order = "run " + unit;
        socket.getOutputStream().write((order.length() + "\n" + order).getBytes(StandardCharsets.US_ASCII));
    }

    /** Waits for the next report; empty when the program has gone. */
    Optional<Packet> next() {
        try {
            int length = Integer.parseInt(line());
            ByteArrayOutputStream list = new ByteArrayOutputStream();
            while (list.size() < length) {
                list.write(character());
            }
            return Optional.of(Packet.parse(list.toString(StandardCharsets.UTF_8)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Ends the program, and what it has started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            socket.close();
            process.waitFor();
        } catch (IOException alreadyGone) {
            // Nothing is left to close.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int c = character(); c != '\n'; c = character()) {
            out.write(c);
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    /** Tcl ends lines on sockets with CR LF, in what it sends as well, and counts that as the one character it was. */
    private int character() throws IOException {
        int c = in.read();
        if (c == '\r') {
            in.mark(1);
            if (in.read() != '\n') {
                in.reset();
            }
            return '\n';
        }
        if (c < 0) {
            throw new EOFException();
        }
        return c;
    }
}
