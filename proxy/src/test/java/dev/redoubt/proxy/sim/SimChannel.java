package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.lane.DirectSocket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;

/** The proxy's end of a connection: a channel whose kernel takes only as much as a {@link Kernel} lets it. */
final class SimChannel extends EmbeddedChannel implements DirectSocket.Kernel {
    /** The operating system under a channel. */
    interface Kernel {
        /** How many bytes it takes now. */
        int room();

        /** Takes them. */
        void take(byte[] bytes);

        /** The channel wants to read. */
        void onReadWanted();

        /** The channel is closed: nothing more is read or taken. */
        void onClosed();
    }

    private final EventLoop loop;
    private final Kernel kernel;
    private final boolean tellsProgress;
    private final boolean writesDirectly;

    SimChannel(Site site, Kernel kernel) {
        super(DefaultChannelId.newInstance(), false, false);
        this.loop = site.loop();
        this.kernel = kernel;
        this.tellsProgress = site.mutant() != Mutant.KERNEL_TELLS_NOTHING;
        this.writesDirectly = tellsProgress && site.plan().directWrites();
        config().setAllocator(site.allocator());
        config().setWriteBufferWaterMark(site.plan().waterMark());
        try {
            register();
        } catch (Exception e) {
            throw new IllegalStateException("a channel that cannot be registered", e);
        }
    }

    void add(ChannelHandler handler) {
        pipeline().addLast(handler);
    }

    @Override
    public EventLoop eventLoop() {
        return loop == null ? super.eventLoop() : loop;
    }

    /** The kernel may take more. */
    void goOnWriting() {
        if (isOpen()) {
            unsafe().flush();
        }
    }

    /** Whether something waits that was to be sent. */
    boolean hasUnsent() {
        ChannelOutboundBuffer buffer = unsafe().outboundBuffer();
        return buffer != null && !buffer.isEmpty();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        for (Object message = in.current(); message != null; message = in.current()) {
            ByteBuf buffer = (ByteBuf) message;
            if (!buffer.isReadable()) {
                in.remove();
                continue;
            }
            int length = Math.min(buffer.readableBytes(), kernel.room());
            if (length == 0) {
                return;
            }
            byte[] bytes = new byte[length];
            buffer.getBytes(buffer.readerIndex(), bytes);
            kernel.take(bytes);
            taken(in, buffer, length);
        }
    }

    private void taken(ChannelOutboundBuffer in, ByteBuf buffer, int length) {
        if (tellsProgress || length == buffer.readableBytes()) {
            in.removeBytes(length);
        } else {
            buffer.skipBytes(length);
        }
    }

    @Override
    public int send(ByteBuf source, int from, int length) {
        byte[] bytes = new byte[writesDirectly ? Math.min(length, kernel.room()) : 0];
        if (bytes.length > 0) {
            source.getBytes(from, bytes);
            kernel.take(bytes);
        }
        return bytes.length;
    }

    @Override
    protected void doBeginRead() {
        kernel.onReadWanted();
    }

    @Override
    protected void doClose() throws Exception {
        super.doClose();
        kernel.onClosed();
    }
}
