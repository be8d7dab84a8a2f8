package dev.redoubt.it.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** What is written to a socket, at once or as late as one likes. Thread-safe. */
final class DelayedBytes extends OutputStream {
    private final Socket to;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holding;
    private long written;

    DelayedBytes(Socket to) {
        this.to = to;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        written += length;
        if (holding) {
            held.write(bytes, from, length);
        } else {
            to.getOutputStream().write(bytes, from, length);
        }
    }

    /** What is written from now on stays here. */
    synchronized void holdBack() {
        holding = true;
    }

    /** How many bytes came here to be written, whatever has become of them. */
    synchronized long written() {
        return written;
    }

    synchronized int heldBytes() {
        return held.size();
    }

    /** Writes all that stayed here, unless the other side has closed the connection. */
    synchronized void letGo() {
        holding = false;
        try {
            held.writeTo(to.getOutputStream());
        } catch (IOException closed) {
            // nobody is there to take it
        }
        held.reset();
    }

    @Override
    public void close() throws IOException {
        to.close();
    }
}
