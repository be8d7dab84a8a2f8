package dev.redoubt.proxy.sim;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.charset.StandardCharsets;

/** Breaks what passes between the proxy and Redis, where the mutant says so. */
final class MutantHandlers extends ChannelDuplexHandler {
    private static final int ONE_IN = 30;

    private final World world;
    private final Mutant mutant;
    private final Referee referee;

    private MutantHandlers(Site site) {
        this.world = site.world();
        this.mutant = site.mutant();
        this.referee = site.referee();
    }

    static void addTo(SimChannel channel, Site site) {
        switch (site.mutant()) {
            case REPLIES_CHANGE_PLACES, TOMBSTONES_ARE_DROPPED, WRITES_ARE_LOST, WRITES_ARE_DOUBLED ->
                channel.add(new MutantHandlers(site));
            default -> {}
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        boolean chosen = isOfClients(bytes) && world.oneIn(ONE_IN);
        if (chosen && mutant == Mutant.WRITES_ARE_LOST) {
            bytes.release();
            promise.trySuccess();
            return;
        }
        if (chosen && mutant == Mutant.WRITES_ARE_DOUBLED) {
            ctx.write(bytes.retainedDuplicate());
        }
        ctx.write(message, promise);
    }

    private static boolean isOfClients(ByteBuf bytes) {
        return bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '#') >= 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (mutant == Mutant.REPLIES_CHANGE_PLACES) {
            swapTwo(bytes);
        }
        if (mutant == Mutant.TOMBSTONES_ARE_DROPPED) {
            dropFirst(bytes);
        }
        ctx.fireChannelRead(bytes);
    }

    /** Where the first reply is one line, and the client that it is for has left. */
    private void dropFirst(ByteBuf bytes) {
        int from = bytes.readerIndex();
        int end = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n') + 1;
        if (end > 0 && bytes.getByte(from) == '+') {
            int tag = Tags.inText(bytes.toString(from, end - from, StandardCharsets.ISO_8859_1));
            if (tag >= 0 && referee.sent().get(tag).client().hasEnded()) {
                bytes.readerIndex(end);
            }
        }
    }

    /** Where two replies of one line and the same length stand next to each other. */
    private void swapTwo(ByteBuf bytes) {
        int from = bytes.readerIndex();
        int middle = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n') + 1;
        int end = middle == 0 ? 0 : bytes.indexOf(middle, bytes.writerIndex(), (byte) '\n') + 1;
        boolean lines = end > 0 && bytes.getByte(from) == '+' && bytes.getByte(middle) == '+';
        if (lines && end - middle == middle - from) {
            byte[] first = new byte[middle - from];
            byte[] second = new byte[middle - from];
            bytes.getBytes(from, first).getBytes(middle, second);
            bytes.setBytes(from, second).setBytes(middle, first);
        }
    }
}
