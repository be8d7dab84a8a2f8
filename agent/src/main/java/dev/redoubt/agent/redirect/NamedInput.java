package dev.redoubt.agent.redirect;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy says to a connection that was given a name before its client could say anything: all but the answer to that. Nobody waits for the answer; it
 * is taken out when the client reads, an error too: else each reply would be taken for that to the command before. Only where it is why the connection is
 * closed, as when there are too many clients, the client has it. Confined to one thread, as a socket's input is.
 */
final class NamedInput extends FilterInputStream {
    private static final int MAX_LINE = 1_024;
    private static final String DONE = "+OK\r\n";

    /** What is said to a client that is let in no further. */
    private static final String TOO_MANY = "-ERR max number of clients";

    private static final String PROTECTED = "-DENIED ";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte @Nullable [] notOurs;
    private int given;

    private NamedInput(InputStream in) {
        super(in);
    }

    /** Says the name, which has no blanks, and gives the input for the client. */
    static InputStream afterNaming(String name, OutputStream out, InputStream in) throws IOException {
        String command = "*3\r\n$6\r\nCLIENT\r\n$7\r\nSETNAME\r\n$" + name.length() + "\r\n" + name + "\r\n";
        out.write(command.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return new NamedInput(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        byte[] first = firstLine();
        if (given >= first.length || length == 0) {
            return in.read(bytes, offset, length);
        }
        int count = Math.min(length, first.length - given);
        System.arraycopy(first, given, bytes, offset, count);
        given += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        if (notOurs == null && in.available() == 0) {
            return 0;
        }
        return firstLine().length - given + in.available();
    }

    @Override
    public long skip(long count) throws IOException {
        return read(new byte[(int) Math.min(count, MAX_LINE)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** A proxy with users of its own names nobody before he has logged in; what else speaks Redis may not know the command. */
    private static boolean isAnswer(String text) {
        return text.equals(DONE)
                || text.startsWith("-")
                        && text.endsWith("\n")
                        && !text.startsWith(TOO_MANY)
                        && !text.startsWith(PROTECTED);
    }

    /** What of it is the client's: mostly nothing. After a time-out the next call goes on where this one ended. */
    private byte[] firstLine() throws IOException {
        byte[] known = notOurs;
        if (known != null) {
            return known;
        }
        int last = 0;
        while (last >= 0 && last != '\n' && line.size() < MAX_LINE) {
            last = in.read();
            if (last >= 0) {
                line.write(last);
            }
        }
        String text = new String(line.toByteArray(), StandardCharsets.ISO_8859_1);
        byte[] left = isAnswer(text) ? new byte[0] : line.toByteArray();
        notOurs = left;
        return left;
    }
}
