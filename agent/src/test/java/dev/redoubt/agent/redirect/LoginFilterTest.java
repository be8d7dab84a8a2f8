package dev.redoubt.agent.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoginFilterTest {
    private static final String AUTH = "*3\r\n$4\r\nauth\r\n$4\r\nuser\r\n$6\r\nse\r\nct\r\n";
    private static final String SELECT = "*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n";

    private final LoginFilter filter = new LoginFilter();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final OutputStream out = filter.before(sent);

    @Test
    void anAuthIsAnsweredAndNotSent() throws IOException {
        InputStream in = filter.before(new ByteArrayInputStream(bytes("+SELECTED\r\n")));

        say(AUTH + SELECT);

        assertEquals(SELECT, sent.toString(StandardCharsets.ISO_8859_1));
        assertEquals("+OK\r\n+SELECTED\r\n", text(in));
    }

    @Test
    void inWhateverPiecesItComes() throws IOException {
        for (byte one : bytes(AUTH)) {
            out.write(one);
        }
        say(SELECT);

        assertEquals(SELECT, sent.toString(StandardCharsets.ISO_8859_1));
        InputStream in = filter.before(new ByteArrayInputStream(new byte[0]));
        assertEquals(5, in.available());
        assertEquals('+', in.read());
        assertEquals("OK\r\n", text(in));
    }

    @Test
    void aHelloGoesWithoutItsAuth() throws IOException {
        say("*7\r\n$5\r\nHELLO\r\n$1\r\n3\r\n$4\r\nAUTH\r\n$1\r\nu\r\n$1\r\np\r\n$7\r\nSETNAME\r\n$1\r\nn\r\n");

        assertEquals(
                "*4\r\n$5\r\nHELLO\r\n$1\r\n3\r\n$7\r\nSETNAME\r\n$1\r\nn\r\n",
                sent.toString(StandardCharsets.ISO_8859_1));
        assertEquals("", text(filter.before(new ByteArrayInputStream(new byte[0]))));
    }

    @Test
    void whatBeginsOtherwisePassesAndSoDoesALaterLogin() throws IOException {
        say(SELECT + AUTH);
        say(AUTH);

        assertEquals(SELECT + AUTH + AUTH, sent.toString(StandardCharsets.ISO_8859_1));
    }

    @Test
    void whatIsNoCommandPassesAtOnce() throws IOException {
        say("PING\r\n");

        assertEquals("PING\r\n", sent.toString(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aHelloWithoutLoginPasses() throws IOException {
        say("*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n");

        assertEquals("*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n", sent.toString(StandardCharsets.ISO_8859_1));
    }

    private void say(String text) throws IOException {
        out.write(bytes(text));
        out.flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
