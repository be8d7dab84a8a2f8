package dev.redoubt.proxy.resp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Any bytes of a client's are framed alike in however many reads they come, and a framed command can be read. */
public final class CommandScannerFuzz {
    private CommandScannerFuzz() {}

    /** @param input what a client sends */
    public static void fuzzerTestOneInput(byte[] input) {
        assertEquals(
                CommandScannerTest.scanAll(input, new int[] {input.length}),
                CommandScannerTest.scanAll(input, Wire.singleBytes(input.length)));
        readCommands(Unpooled.wrappedBuffer(input));
    }

    private static void readCommands(ByteBuf in) {
        CommandScanner scanner = new CommandScanner();
        int start = 0;
        scanner.start(start);
        while (scanner.scan(in, in.writerIndex()) == CommandScanner.Outcome.COMMAND) {
            byte[][] arguments = Arguments.read(in, start);
            assertEquals(scanner.argumentCount(), arguments.length);
            ByteBuf again = Unpooled.buffer();
            RespWriter.command(again, arguments);
            assertArrayEquals(arguments, Arguments.read(again, 0));
            start = scanner.position();
            scanner.start(start);
        }
    }
}
