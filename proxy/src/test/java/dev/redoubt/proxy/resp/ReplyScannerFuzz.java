package dev.redoubt.proxy.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Any bytes of Redis's are framed alike in however many reads they come. */
public final class ReplyScannerFuzz {
    private ReplyScannerFuzz() {}

    /** @param input what Redis sends */
    public static void fuzzerTestOneInput(byte[] input) {
        assertEquals(
                ReplyScannerTest.scan(input, new int[] {input.length}),
                ReplyScannerTest.scan(input, Wire.singleBytes(input.length)));
    }
}
