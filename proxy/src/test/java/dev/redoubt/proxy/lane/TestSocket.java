package dev.redoubt.proxy.lane;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A connection whose other end is the test: it says what comes in, how much of what goes out the kernel takes, and how it ends. Input waits while the channel is not read, as in production.
 */
public final class TestSocket extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);
    private static final SocketAddress ADDRESS = InetSocketAddress.createUnresolved("test", 1);

    private final TestLoop loop;
    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final Queue<byte[]> incoming = new ArrayDeque<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private Runnable onSent = () -> {};
    private boolean open = true;
    private boolean active;
    private boolean inputEnded;
    private long room = Long.MAX_VALUE;

    public TestSocket(TestLoop loop) {
        super(null);
        this.loop = loop;
        loop.register(this);
        loop.run();
    }

    /** One with that handler. */
    public TestSocket(TestLoop loop, ChannelHandler handler) {
        this(loop);
        pipeline().addLast(handler);
        loop.run();
    }

    // ---- the other end

    /** The bytes come in with one read, as soon as the channel reads; runs the loop. */
    public void receive(byte[] bytes) {
        receiveSoon(bytes);
        loop.run();
    }

    /** The same when the loop is next run. */
    public void receiveSoon(byte[] bytes) {
        incoming.add(bytes);
        deliverSoon();
    }

    /** The same for Latin-1 text. */
    public void receive(String text) {
        receive(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** FIN: nothing more comes in, but it still takes what is sent. */
    public void receiveEnd() {
        inputEnded = true;
        deliverSoon();
        loop.run();
    }

    /** RST, or the end in both directions; runs the loop. */
    public void reset() {
        loop.execute(() -> unsafe().close(unsafe().voidPromise()));
        loop.run();
    }

    /** The kernel takes so many more bytes and then no more; what waits is tried at once. Runs the loop. */
    public void takeOnly(long bytes) {
        room = bytes;
        loop.execute(() -> unsafe().flush());
        loop.run();
    }

    /** The kernel takes everything again. */
    public void takeAll() {
        takeOnly(Long.MAX_VALUE);
    }

    /** What the kernel has taken since the last call. */
    public byte[] takeSent() {
        byte[] bytes = sent.toByteArray();
        sent.reset();
        return bytes;
    }

    /** The same as Latin-1 text. */
    public String takeSentText() {
        return new String(takeSent(), StandardCharsets.ISO_8859_1);
    }

    /** Runs the task whenever the kernel has taken something. */
    public void onSent(Runnable task) {
        onSent = task;
    }

    /** Reads that wait because the channel does not read. */
    public int unread() {
        return incoming.size();
    }

    private void deliverSoon() {
        loop.execute(this::deliver);
    }

    private void deliver() {
        while (active && config.isAutoRead() && !incoming.isEmpty()) {
            byte[] bytes = incoming.remove();
            pipeline()
                    .fireChannelRead(
                            Unpooled.directBuffer(Math.max(1, bytes.length)).writeBytes(bytes));
            pipeline().fireChannelReadComplete();
        }
        if (active && config.isAutoRead() && inputEnded) {
            inputEnded = false;
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    // ---- the channel

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        long before = room;
        while (in.current() instanceof ByteBuf buf && (room > 0 || !buf.isReadable())) {
            int part = (int) Math.min(buf.readableBytes(), room);
            byte[] taken = new byte[part];
            buf.getBytes(buf.readerIndex(), taken);
            sent.writeBytes(taken);
            room -= part;
            in.removeBytes(part);
        }
        if (room < before) {
            onSent.run();
        }
    }

    @Override
    protected void doBeginRead() {
        if (!incoming.isEmpty() || inputEnded) {
            deliverSoon();
        }
    }

    @Override
    protected void doRegister(ChannelPromise promise) {
        active = true;
        promise.setSuccess();
    }

    @Override
    protected void doClose() {
        active = false;
        open = false;
    }

    @Override
    protected void doBind(SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    protected boolean isCompatible(EventLoop other) {
        return other == loop;
    }

    @Override
    protected SocketAddress localAddress0() {
        return ADDRESS;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return ADDRESS;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }
}
