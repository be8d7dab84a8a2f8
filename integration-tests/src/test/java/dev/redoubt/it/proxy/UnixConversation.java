package dev.redoubt.it.proxy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client on a Unix socket that says one thing and listens. Confined to one thread. */
final class UnixConversation {
    private UnixConversation() {}

    /**
     * Whether that comes in reply, to the last byte.
     *
     * @param halfCloses whether the client says that it has said all
     */
    static boolean isAnswered(Path socket, String bytes, String expected, boolean halfCloses) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer out = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8));
            while (out.hasRemaining()) {
                channel.write(out);
            }
            if (halfCloses) {
                channel.shutdownOutput();
            }
            ByteBuffer in = ByteBuffer.allocate(expected.length() + 1);
            while (in.position() < expected.length() && channel.read(in) >= 0) {
                // until all has come, or the other side has closed
            }
            return StandardCharsets.UTF_8.decode(in.flip()).toString().equals(expected);
        }
    }
}
