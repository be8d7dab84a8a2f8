package dev.redoubt.proxy.resp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;

/** Any line can be taken apart, and what was taken apart and quoted again has the same parts. */
public final class InlineCommandFuzz {
    private InlineCommandFuzz() {}

    /** @param input a line without its end */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[][] arguments = InlineCommand.split(input);
        if (arguments != null) {
            assertArrayEquals(arguments, InlineCommand.split(quoted(arguments)));
        }
    }

    private static byte[] quoted(byte[][] arguments) {
        StringBuilder line = new StringBuilder();
        for (byte[] argument : arguments) {
            line.append('"');
            for (byte b : argument) {
                line.append("\\x%02x".formatted(b));
            }
            line.append("\" ");
        }
        return line.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
