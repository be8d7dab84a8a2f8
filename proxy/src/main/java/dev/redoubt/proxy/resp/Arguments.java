package dev.redoubt.proxy.resp;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Takes the arguments out of a complete command, for the slow paths. Stateless. */
public final class Arguments {
    private Arguments() {}

    /** Gives the arguments of each of the whole commands in that range to the visitor; borrows the buffer. */
    public static void forEach(ByteBuf buf, int from, int length, Consumer<byte[][]> visitor) {
        CommandScanner scanner = new CommandScanner();
        int index = from;
        while (index < from + length) {
            scanner.start(index);
            if (scanner.scan(buf, from + length) != CommandScanner.Outcome.COMMAND) {
                throw new IllegalArgumentException("not whole commands");
            }
            visitor.accept(read(buf, index));
            index = scanner.position();
        }
    }

    /** Copies the arguments of the command (an array of bulk strings, known to be whole) that begins at that index; borrows the buffer. */
    public static byte[][] read(ByteBuf buf, int start) {
        int index = start + 1;
        int count = 0;
        for (byte b = buf.getByte(index); b != '\r'; b = buf.getByte(++index)) {
            count = count * 10 + b - '0';
        }
        index += 2;
        byte[][] arguments = new byte[count][];
        for (int i = 0; i < count; i++) {
            int length = 0;
            index++;
            for (byte b = buf.getByte(index); b != '\r'; b = buf.getByte(++index)) {
                length = length * 10 + b - '0';
            }
            arguments[i] = new byte[length];
            buf.getBytes(index + 2, arguments[i]);
            index += 2 + length + 2;
        }
        return arguments;
    }
}
