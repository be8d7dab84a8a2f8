package dev.redoubt.proxy.sim;

import io.netty.buffer.ByteBuf;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection between the proxy and a peer, with what the network does to it: bytes arrive later and in other pieces; the path breaks while bytes are on their way, which may arrive all the same; it holds everything back for a while. Bytes never
 * change their order, and none is missing before one that arrives.
 */
final class Link implements SimChannel.Kernel {
    private static final long UNACKNOWLEDGED_LIMIT = 3 * World.SECOND;
    /** What the proxy's keepalive takes to find out that a silent peer is gone. */
    private static final long KEEPALIVE_NANOS = 16 * World.SECOND;

    private static final String IDLE_PING = "PING\r\n$7\r\nredoubt\r\n";
    private static final long RETRANSMIT_NANOS = 200 * World.MILLI;

    private final Site site;
    private final World world;
    private final String name;
    private final boolean halfCloses;
    private final SimChannel channel;

    @SuppressWarnings("deprecation") // the interface still asks for its deprecated type
    private final RecvByteBufAllocator.Handle buffers;

    private final Way outward;
    private final Way inward;
    private final ByteQueue arrived = new ByteQueue();
    private Peer peer = Peer.NOBODY;
    private Consumer<byte[]> onTaken = bytes -> {};
    private Way.@Nullable End arrivedEnd;
    private long frozenUntil;
    private long unacknowledgedSince = -1;
    private long closedNanos = Long.MAX_VALUE;
    private long endSeenNanos = Long.MAX_VALUE;
    private int unconsumed;
    private @Nullable BooleanSupplier vanishedHost;
    private boolean endIsLost;
    private boolean swallows;
    private Runnable onQuestion = () -> {};
    private @Nullable Runnable atNextWrite;
    private boolean peerClosed;
    private boolean outwardDue;
    private boolean inwardDue;
    private boolean readDue;

    /** @param halfCloses whether the proxy goes on writing when the peer has closed its sending side */
    Link(Site site, String name, boolean halfCloses) {
        this.site = site;
        this.world = site.world();
        this.name = name;
        this.halfCloses = halfCloses;
        this.channel = new SimChannel(site, this);
        this.outward = new Way(site);
        this.inward = new Way(site);
        this.buffers = site.readBuffers().newHandle();
    }

    void attach(Peer to) {
        peer = to;
    }

    /** Sees every byte that the proxy's kernel takes. */
    void watchTaken(Consumer<byte[]> watcher) {
        onTaken = watcher;
    }

    SimChannel channel() {
        return channel;
    }

    String name() {
        return name;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** When the proxy's end was closed. */
    long closedNanos() {
        return closedNanos;
    }

    /** When the proxy heard that the peer has closed its sending side. */
    long endSeenNanos() {
        return endSeenNanos;
    }

    /** Whether nothing is on its way in either direction. */
    boolean isQuiet() {
        return !swallows && outward.isEmpty() && inward.isEmpty() && arrived.length() == 0 && !channel.hasUnsent();
    }

    // ---- from the proxy

    @Override
    public int room() {
        int free = site.plan().kernelBytes() - unconsumed;
        return free <= 0 ? 0 : world.oneIn(8) ? world.between(1, free) : free;
    }

    @Override
    public void take(byte[] bytes) {
        if (swallows) {
            onTaken.accept(bytes);
            if (FrameReader.text(bytes).contains(IDLE_PING)) {
                onQuestion.run();
            }
            return;
        }
        unconsumed += bytes.length;
        if (unacknowledgedSince < 0) {
            unacknowledgedSince = world.now();
            watchAcknowledgement();
        }
        onTaken.accept(bytes);
        if (atNextWrite != null) {
            world.after(world.skewed(2 * site.plan().delayNanos()), atNextWrite);
            atNextWrite = null;
        }
        outward.send(bytes);
        deliverOutward();
    }

    @Override
    public void onClosed() {
        world.trace(() -> name + ": the proxy's end is closed " + closedFrom() + ", " + outward.bytes()
                + " bytes are still on their way");
        closedNanos = world.now();
        inward.clear();
        arrived.clear();
        if (!endIsLost && !swallows) {
            outward.end(Way.End.FIN);
            deliverOutward();
        }
    }

    private static String closedFrom() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> frame.getClassName().startsWith("dev.redoubt")
                                && !frame.getClassName().endsWith("SimChannel")
                                && !frame.getMethodName().matches(".*(onClosed|closedFrom|trace).*"))
                        .findFirst()
                        .map(frame -> "in " + frame.getClassName().replaceAll(".*\\.", "") + "." + frame.getMethodName()
                                + ":" + frame.getLineNumber())
                        .orElse("by nobody"));
    }

    /** The peer has read so many bytes. */
    void consumed(int bytes) {
        unconsumed -= bytes;
        if (channel.hasUnsent()) {
            world.after(outward.delay() / 4, channel::goOnWriting);
        }
    }

    private void deliverOutward() {
        if (!outwardDue && !outward.isEmpty()) {
            outwardDue = true;
            world.after(Math.max(outward.nextAt(), frozenUntil) - world.now(), this::arriveOutward);
        }
    }

    private void arriveOutward() {
        outwardDue = false;
        if (vanishedHost != null && !vanishedHost.getAsBoolean()) {
            frozenUntil = world.now() + RETRANSMIT_NANOS;
        }
        while (!outward.isEmpty() && Math.max(outward.nextAt(), frozenUntil) <= world.now()) {
            Way.Segment segment = outward.remove();
            unacknowledgedSince = outward.isEmpty() ? -1 : world.now();
            if (peerClosed) {
                fail("Connection reset by peer");
            } else if (segment.end() != null) {
                peer.onEnd();
            } else {
                peer.onBytes(segment.bytes());
            }
        }
        deliverOutward();
    }

    /** What TCP_USER_TIMEOUT does. */
    private void watchAcknowledgement() {
        world.after(UNACKNOWLEDGED_LIMIT, () -> {
            if (!channel.isOpen() || unacknowledgedSince < 0) {
                return;
            }
            if (world.now() - unacknowledgedSince >= UNACKNOWLEDGED_LIMIT) {
                fail("Connection timed out");
            } else {
                watchAcknowledgement();
            }
        });
    }

    // ---- to the proxy

    /** The peer sends. */
    void send(byte[] bytes) {
        if (!peerClosed && channel.isOpen()) {
            inward.send(bytes);
            deliverInward();
        }
    }

    /** The peer closes its sending side, behind all that it has sent. */
    void sendEnd() {
        inward.end(Way.End.FIN);
        deliverInward();
    }

    /** The peer closes: what it has sent arrives before that or, where it resets the connection, may be lost. */
    void peerCloses(boolean reset) {
        if (peerClosed) {
            return;
        }
        peerClosed = true;
        if (reset && world.oneIn(2)) {
            inward.dropTail();
        }
        inward.end(reset ? Way.End.RESET : Way.End.FIN);
        deliverInward();
    }

    private void deliverInward() {
        if (!swallows && !inwardDue && !inward.isEmpty()) {
            inwardDue = true;
            world.after(Math.max(inward.nextAt(), frozenUntil) - world.now(), this::arriveInward);
        }
    }

    private void arriveInward() {
        inwardDue = false;
        if (swallows) {
            return;
        }
        while (!inward.isEmpty() && Math.max(inward.nextAt(), frozenUntil) <= world.now()) {
            Way.Segment segment = inward.remove();
            arrived.add(segment.bytes());
            arrivedEnd = segment.end() == null ? arrivedEnd : segment.end();
        }
        read();
        deliverInward();
    }

    @Override
    public void onReadWanted() {
        if (!readDue && (arrived.length() > 0 || arrivedEnd != null)) {
            readDue = true;
            world.after(0, this::read);
        }
    }

    private void read() {
        readDue = false;
        if (arrivedEnd == Way.End.RESET) {
            arrived.clear();
            fail("Connection reset by peer");
            return;
        }
        if (!channel.isOpen() || !channel.config().isAutoRead()) {
            return;
        }
        boolean any = arrived.length() > 0;
        while (arrived.length() > 0 && channel.isOpen() && channel.config().isAutoRead()) {
            ByteBuf buffer = buffers.allocate(site.allocator());
            arrived.moveTo(buffer, Math.min(arrived.length(), buffer.capacity()));
            channel.pipeline().fireChannelRead(buffer);
        }
        if (any) {
            channel.pipeline().fireChannelReadComplete();
        }
        if (arrivedEnd == Way.End.FIN && arrived.length() == 0 && channel.isOpen()) {
            arrivedEnd = null;
            end();
        }
    }

    private void end() {
        endSeenNanos = world.now();
        if (halfCloses) {
            channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else {
            channel.close();
        }
    }

    // ---- what goes wrong

    /** These bytes come out of nowhere, now. */
    void inject(byte[] bytes) {
        arrived.add(bytes);
        read();
    }

    /** The path breaks: the proxy hears of it now; of the bytes on their way to the peer some may arrive later. */
    void cut() {
        if (!channel.isOpen()) {
            return;
        }
        outward.dropTail();
        endIsLost = world.oneIn(2);
        outward.delay(world.skewed(site.plan().zombieNanos()));
        world.trace(() -> name + ": cut, " + outward.bytes() + " bytes will still arrive");
        fail("Connection reset by peer");
    }

    /** The path breaks soon after the proxy writes the next time. */
    void cutAtNextWrite() {
        atNextWrite(this::cut);
    }

    /** Something happens soon after the proxy writes the next time. */
    void atNextWrite(Runnable action) {
        atNextWrite = action;
    }

    /** The path holds everything back for so long; the proxy may give up before that. */
    void freeze(long nanos) {
        world.trace(() -> name + ": nothing passes for " + nanos / World.MILLI + " ms");
        frozenUntil = Math.max(frozenUntil, world.now() + nanos);
    }

    /** Something between the two has forgotten the connection: it takes what is sent, and lets nothing through any more, in either direction. The task is run when the proxy asks for a sign of life. */
    void swallow(Runnable whenAsked) {
        world.trace(() -> name + ": everything is swallowed from now on");
        swallows = true;
        onQuestion = whenAsked;
    }

    /** From now on everything passes again. */
    void heal() {
        frozenUntil = Math.min(frozenUntil, world.now());
        outwardDue = false;
        inwardDue = false;
        deliverOutward();
        deliverInward();
    }

    /** The peer's whole machine is gone, without a word; when it is up again it does not know this connection. */
    void peerVanishes(BooleanSupplier isHostUp) {
        world.after(KEEPALIVE_NANOS, () -> fail("Connection timed out"));
        vanishedHost = isHostUp;
        peerClosed = true;
        inward.clear();
    }

    /** Whether the proxy may hear of the peer's end late. */
    boolean isBadlyConnected() {
        return vanishedHost != null || frozenUntil > 0 || swallows;
    }

    private void fail(String cause) {
        if (!channel.isOpen()) {
            return;
        }
        world.trace(() -> name + ": fails: " + cause);
        channel.pipeline().fireExceptionCaught(new IOException(cause));
        if (channel.isOpen()) {
            channel.close();
        }
    }
}
