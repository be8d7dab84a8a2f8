package dev.redoubt.proxy.session;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** One INFO on its way: puts the proxy's section behind what Redis says, unless that is larger than any INFO and comes in parts. Confined to the lane. */
final class InfoCall extends PassingSink {
    private static final Pattern CONNECTED = Pattern.compile("(?m)^connected_clients:\\d+");
    private static final Pattern BLOCKED = Pattern.compile("(?m)^blocked_clients:\\d+");
    private static final byte[] SEPARATOR = {'\r', '\n'};
    private static final byte[] VERBATIM_TEXT = {'t', 'x', 't', ':'};

    private final ClientSession session;
    private final Clients clients;
    private final InfoSection section;
    private final boolean withSection;

    /** @param withSection whether the proxy's own section was asked for too */
    InfoCall(ClientSession session, House house, boolean withSection) {
        super(session);
        this.session = session;
        this.clients = house.clients();
        this.section = new InfoSection(house.status());
        this.withSection = withSection;
    }

    /** INFO redoubt: nothing is to be asked. */
    void answer(int respVersion) {
        write(session.reply(), respVersion, new byte[0]);
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        byte type = buf.getByte(from);
        boolean text = type == '$' || type == '=';
        if (text && !session.hasLeft()) {
            append(buf, from, type == '=');
            session.onAnswered(count);
        } else {
            session.onReplies(buf, from, length, count);
        }
    }

    private void append(ByteBuf buf, int from, boolean verbatim) {
        int cr = buf.indexOf(from, buf.writerIndex(), (byte) '\r');
        int skip = verbatim ? VERBATIM_TEXT.length : 0;
        int size = Integer.parseInt(buf.toString(from + 1, cr - from - 1, StandardCharsets.US_ASCII)) - skip;
        byte[] body = new byte[Math.max(0, size)];
        buf.getBytes(cr + 2 + skip, body);
        write(session.reply(), verbatim ? 3 : 2, ofClients(body));
    }

    /** What Redis says of clients is about the proxy's connections; here it is about the proxy's clients. */
    private byte[] ofClients(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        text = CONNECTED.matcher(text).replaceFirst("connected_clients:" + clients.size());
        text = BLOCKED.matcher(text).replaceFirst("blocked_clients:" + clients.blocked());
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As Redis joins sections: with an empty line between them. */
    private void write(ByteBuf out, int respVersion, byte[] body) {
        byte[] ours = (withSection ? section.text() : "").getBytes(StandardCharsets.UTF_8);
        ByteBuf text = Unpooled.buffer(body.length + SEPARATOR.length + ours.length);
        text.writeBytes(body);
        if (body.length > 0 && withSection) {
            text.writeBytes(SEPARATOR);
        }
        text.writeBytes(ours);
        RespWriter.verbatim(out, ByteBufUtil.getBytes(text), respVersion);
    }
}
