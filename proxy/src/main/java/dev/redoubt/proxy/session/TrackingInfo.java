package dev.redoubt.proxy.session;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Passes the reply to CLIENT TRACKINGINFO on, with the proxy's id of the client that is redirected to in place of Redis's. Confined to the lane. */
final class TrackingInfo extends PassingSink {
    private static final ByteBuf HEAD =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("$8\r\nredirect\r\n", StandardCharsets.US_ASCII));

    private final ClientSession session;
    private final long redirect;

    TrackingInfo(ClientSession session, long redirect) {
        super(session);
        this.session = session;
        this.redirect = redirect;
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        ByteBuf reply = buf.slice(from, length);
        int head = ByteBufUtil.indexOf(HEAD, reply);
        if (head < 0 || session.hasLeft()) {
            super.onReplies(buf, from, length, count);
            return;
        }
        int number = head + HEAD.readableBytes();
        int behind = reply.indexOf(number, length, (byte) '\n') + 1;
        ByteBuf out = session.reply();
        out.writeBytes(reply, 0, number);
        RespWriter.integer(out, redirect);
        out.writeBytes(reply, behind, length - behind);
        super.onReplies(Unpooled.EMPTY_BUFFER, 0, 0, count);
    }
}
