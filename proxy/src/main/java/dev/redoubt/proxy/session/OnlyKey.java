package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.resp.CommandScanner;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the key of a command that is not whole yet. Stateless. */
final class OnlyKey {
    private OnlyKey() {}

    /** The first argument, if it is there and all that the command can write; else null. Borrows the buffer. */
    static byte @Nullable [] of(ByteBuf in, CommandScanner scanner, @Nullable CommandSpec spec) {
        int start = scanner.nameStart() + scanner.nameLength() + 3;
        if (spec == null || spec.firstKey() != 1 || spec.lastKey() != 1 || start >= in.writerIndex()) {
            return null;
        }
        int cr = in.indexOf(start, in.writerIndex(), (byte) '\r');
        if (cr < 0) {
            return null;
        }
        int length = Integer.parseInt(in.toString(start, cr - start, StandardCharsets.US_ASCII));
        if (cr + 2 + length > in.writerIndex()) {
            return null;
        }
        byte[] key = new byte[length];
        in.getBytes(cr + 2, key);
        return key;
    }
}
