package dev.redoubt.agent.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedInputTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void theNameIsSaidFirst() throws IOException {
        named(bytes(""));

        assertEquals(
                "*3\r\n$6\r\nCLIENT\r\n$7\r\nSETNAME\r\n$9\r\nDao.java:\r\n", sent.toString(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({
        "+OK~+PONG~,                              +PONG~",
        "-NOAUTH Authentication required.~+PONG~, +PONG~",
        "-NOPERM this user has no permissions~+PONG~, +PONG~",
        "-ERR unknown command~+PONG~, +PONG~",
        "-DENIED Redis is running in protected mode~, -DENIED Redis is running in protected mode~",
        "-ERR max number of clients reached~,     -ERR max number of clients reached~",
        "+OK~,                                    ''",
        "'',                                      ''",
        "+O,                                      +O",
    })
    void onlyTheAnswerToItIsKeptFromTheClient(String arrives, String isRead) throws IOException {
        String all = arrives.replace("~", "\r\n");

        for (int size = 1; size <= 8; size++) {
            assertEquals(isRead.replace("~", "\r\n"), read(named(bytes(all)), size), "by " + size);
        }
        assertEquals(isRead.replace("~", "\r\n"), readOneByOne(named(bytes(all))));
    }

    @Test
    void whatWaitsIsTheClients() throws IOException {
        InputStream in = named(bytes("+OK\r\n+PONG\r\n"));

        assertEquals(7, in.available());
        assertEquals(3, in.skip(3));
        assertEquals(4, in.available());
        assertEquals(0, named(bytes("")).available());
    }

    @Test
    void afterATimeOutTheAnswerIsStillTakenOut() throws IOException {
        InputStream late = new SequenceInputStream(
                Collections.enumeration(List.of(bytes("+O"), new TimesOutOnce(), bytes("K\r\n+PONG\r\n"))));
        InputStream in = named(late);

        assertThrows(SocketTimeoutException.class, in::read);

        assertEquals("+PONG\r\n", read(in, 64));
    }

    private InputStream named(InputStream in) throws IOException {
        return NamedInput.afterNaming("Dao.java:", sent, in);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(InputStream in, int size) throws IOException {
        StringBuilder all = new StringBuilder();
        byte[] part = new byte[size];
        for (int count = in.read(part); count >= 0; count = in.read(part)) {
            all.append(new String(part, 0, count, StandardCharsets.US_ASCII));
        }
        return all.toString();
    }

    private static String readOneByOne(InputStream in) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            all.append((char) next);
        }
        return all.toString();
    }

    private static final class TimesOutOnce extends InputStream {
        private boolean hasTimedOut;

        @Override
        public int read() throws IOException {
            if (!hasTimedOut) {
                hasTimedOut = true;
                throw new SocketTimeoutException();
            }
            return -1;
        }
    }
}
