package dev.redoubt.it.cli;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each command with the frame that the script has for it, an error otherwise; remembers what it was sent. */
final class ScriptedRedis implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
    private final Map<String, String> script;
    private final List<String> received = new CopyOnWriteArrayList<>();

    ScriptedRedis(Map<String, String> script) throws IOException {
        this.script = script;
        Thread thread = new Thread(this::accept, "scripted-redis");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> received() {
        return List.copyOf(received);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                serve(socket);
            } catch (IOException e) {
                // the client left, or the test is over
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        while (true) {
            String command = String.join(" ", words(in));
            received.add(command);
            String frame = script.getOrDefault(command, "-ERR not in the script\r\n");
            socket.getOutputStream().write(frame.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> words(DataInputStream in) throws IOException {
        List<String> words = new ArrayList<>();
        int count = Integer.parseInt(line(in).substring(1));
        for (int i = 0; i < count; i++) {
            byte[] word = in.readNBytes(Integer.parseInt(line(in).substring(1)));
            line(in);
            words.add(new String(word, StandardCharsets.UTF_8));
        }
        return words;
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (char c = (char) in.readByte(); c != '\r'; c = (char) in.readByte()) {
            line.append(c);
        }
        in.readByte();
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
