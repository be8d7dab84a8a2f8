package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.DirtySinks;
import dev.redoubt.proxy.upstream.Lease;
import dev.redoubt.proxy.upstream.SharedUpstream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: finds its commands, sends runs of them to the shared connection, and passes everything else to {@link Dispatcher}. Confined to the lane.
 *
 * <p>A session awaits replies from one source at a time; a command that goes elsewhere waits, with all input behind it, until they have come (docs/decisions/0001). That wait, and every
 * other reason not to go on, is a {@link Pause}.
 */
public final class ClientSession extends ChannelInboundHandlerAdapter implements Lease.Holder, DirtySinks.Flushable {
    private static final int READ_AHEAD_BYTES = 64 * 1024;

    private final House house;
    private final Window window;
    private final Dispatcher dispatcher;
    private final CommandReader reader;
    private final Input input;
    private final ClientProfile profile;
    private final OutputGuard outputGuard;
    private final Runnable processHeld = this::processHeld;
    private @Nullable Channel channel;
    private @Nullable Output output;
    private SharedUpstream upstream;
    private Pause pause = Pause.NONE;
    private int pending;
    private boolean dirty;
    private boolean inputEnded;
    private boolean closing;
    private boolean left;
    private boolean saidQuit;
    private long id;
    private long holdBudgetNanos;

    public ClientSession(House house) {
        this.house = house;
        this.window =
                new Window(house.limits().inFlightCommands(), house.limits().unreadOutputBytes());
        this.input = new Input(house.lane().allocator(), house.clients().bytes());
        this.dispatcher = new Dispatcher(this, house);
        this.outputGuard = new OutputGuard(this, house);
        this.reader = new CommandReader(this, house, dispatcher);
        this.upstream = house.server().shared(dispatcher.state().key());
        this.upstream.attach();
        this.holdBudgetNanos = house.holdBudget().toNanos();
        this.profile = new ClientProfile(dispatcher, input, house.lane().nanoTime());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        output = new Output(
                ctx.channel(), house.clients().bytes(), house.clients().spareReply(), this::onOutputTaken);
        id = house.clients().add(this);
        house.counters().increment(Counter.CLIENTS_ACCEPTED);
    }

    private void onOutputTaken() {
        outputGuard.check();
        dispatcher.onOutputSent();
    }

    @Override
    public long id() {
        return id;
    }

    ClientProfile profile() {
        return profile;
    }

    int pending() {
        return pending;
    }

    SubscriptionDesk subscriptions() {
        return dispatcher.subscriptions();
    }

    SharedUpstream upstream() {
        return upstream;
    }

    Channel channel() {
        return Objects.requireNonNull(channel, "not in a channel yet");
    }

    Output output() {
        return Objects.requireNonNull(output, "not in a channel yet");
    }

    /** From now on commands go to that connection; nothing may be pending. */
    void moveTo(SharedUpstream other) {
        if (other != upstream) {
            upstream.detach();
            upstream = other;
            other.attach();
            new FenceWait(this, house).begin();
        }
    }

    void setHoldBudgetNanos(long nanos) {
        holdBudgetNanos = nanos;
    }

    /** A command was sent somewhere: so many more replies are due. */
    void addPending(int count) {
        pending += count;
    }

    /** A buffer for a reply of the proxy's own; it is flushed soon. Nothing may be pending. */
    ByteBuf reply() {
        markDirty();
        return output().own();
    }

    void replyError(String text) {
        RespWriter.error(reply(), text);
    }

    /** Replies were added outside of a read: flush them when the turn ends. */
    void flushSoon() {
        house.lane().atEndOfTurn(house.server().dirtySinks()::flush);
    }

    boolean hasLeft() {
        return left;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        profile.heard(house.lane().nanoTime());
        if (input.isEmpty() && pause == Pause.NONE) {
            int used = reader.readFresh(in);
            input.keep(in, used);
            in.release();
        } else {
            input.keep(in, in.readerIndex());
            in.release();
            if (pause == Pause.NONE) {
                processHeld();
            }
        }
        if (pause != Pause.NONE
                && (input.bytes() > READ_AHEAD_BYTES
                        || house.clients().bytes().bytes() > house.limits().totalBytes())) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        house.server().dirtySinks().flush();
    }

    /** Goes on when the reason for that pause is gone. */
    void resume(Pause reason) {
        if (pause == reason) {
            pause = Pause.NONE;
            house.lane().atEndOfTurn(processHeld);
        }
    }

    void pause(Pause reason) {
        pause = reason;
    }

    boolean isPaused() {
        return pause != Pause.NONE;
    }

    boolean isPausedFor(Pause reason) {
        return pause == reason;
    }

    private void processHeld() {
        if (left || pause != Pause.NONE) {
            return;
        }
        checkOutput();
        if (!input.isEmpty()) {
            ByteBuf held = input.bytesHeld();
            int used = reader.read(held, held.readerIndex(), held.writerIndex());
            reader.onMoved(-input.consume(used));
        }
        if (pause == Pause.NONE && channel != null) {
            channel.config().setAutoRead(true);
            if (inputEnded && dispatcher.leases().isStreaming()) {
                channel.close(); // half a command: nobody is owed a reply to that
            } else if (inputEnded) {
                drain();
            }
        }
        house.server().dirtySinks().flush();
    }

    /** How many commands the session may send to its shared connection now. */
    int room() {
        return window.room(pending);
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        window.onReplies(count, length, pending);
        if (length > 0 && buf.getByte(from) == '-') {
            house.onError(buf, from, length);
        }
        if (!left) {
            output().add(buf, from, length);
            markDirty();
        }
        onAnswered(count);
    }

    @Override
    public void onLargeReply(Entry head) {
        house.clients().largeReplies().note(head, house.lane());
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        window.onReplyPart(length, last, pending);
        if (!left) {
            output().add(buf, from, length);
            markDirty();
            dispatcher.subscriptions().onReplyPart(last);
            dispatcher.leaveUnreadToRedis();
        }
        if (last) {
            onAnswered(1);
        }
    }

    @Override
    public void onFailure(String error) {
        if (!left) {
            replyError(error);
        }
        onAnswered(1);
    }

    @Override
    public void onReplyCut() {
        cutOff("the connection to Redis was lost in the middle of a large reply");
    }

    void onAnswered(int count) {
        pending -= count;
        house.counters().add(Counter.REPLIES, count);
        if (left) {
            return;
        }
        if (pending == 0) {
            dispatcher.onAllAnswered();
            resume(Pause.REPLIES_DUE);
            if (closing) {
                closeWhenSent();
            }
        }
        if (pause == Pause.WINDOW && window.isLow(pending)) {
            resume(Pause.WINDOW);
        }
        checkOutput();
    }

    void checkOutput() {
        outputGuard.check();
    }

    void markDirty() {
        if (!dirty) {
            dirty = true;
            house.server().dirtySinks().add(this);
        }
    }

    @Override
    public void flushOutput() {
        dirty = false;
        if (!left) {
            output().flush();
        }
    }

    @Override
    public void onLeaseLost(Lease lost) {
        dispatcher.onLeaseLost(lost);
        new FenceWait(this, house).beginUnlessPaused();
    }

    @Override
    public void onRelayed(ByteBuf bytes) {
        if (!left) {
            output().add(bytes, bytes.readerIndex(), bytes.readableBytes());
            markDirty();
            dispatcher.leaveUnreadToRedis();
            checkOutput();
        }
    }

    @Override
    public void onLeaseWritable() {
        resume(Pause.CONGESTION);
    }

    @Override
    public boolean wantsUnsent() {
        return !left || saidQuit;
    }

    @Override
    public long holdBudgetNanos() {
        return holdBudgetNanos;
    }

    /** Answers what is pending, then closes; nothing more is read. */
    void quit() {
        saidQuit = true;
        closeWhenSent();
    }

    void closeWhenSent() {
        pause = Pause.CLOSING;
        closing = true;
        if (pending == 0) {
            output().flush();
            output().whenSent(() -> channel().close());
        }
    }

    /** Closes at once. */
    void cutOff(String why) {
        house.counters().increment(Counter.CLIENTS_CUT_OFF);
        SessionLog.cutOff(house.lane().repeats(), id, why);
        channel().close();
    }

    /** Lets the client have what it is owed, and closes. */
    public void drain() {
        if (pause != Pause.CLOSING) {
            closeWhenSent();
        }
    }

    /** Closes at once, for the end of a shutdown. */
    public void close() {
        channel().close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            if (dispatcher.leavesForGood()) {
                ctx.close();
            } else {
                processHeld(); // what has been read already comes first
            }
        }
    }

    /** Whether the client has closed its sending side. */
    boolean hasInputEnded() {
        return inputEnded;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!left) {
            left = true;
            house.clients().remove(id);
            dispatcher.onClientLeft();
            upstream.detach();
            input.release();
            output().release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        SessionLog.failed(house.lane().repeats(), id, cause);
        ctx.close();
    }
}
