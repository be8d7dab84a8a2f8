package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandFlag;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.Route;
import dev.redoubt.proxy.resp.CommandScanner;
import dev.redoubt.proxy.resp.CommandScanner.Outcome;
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
    private final CommandScanner scanner = new CommandScanner();
    private final Dispatcher dispatcher;
    private final Input input;
    private final Runnable processHeld = this::processHeld;
    private @Nullable Channel channel;
    private @Nullable Output output;
    private SharedUpstream upstream;
    private Pause pause = Pause.NONE;
    private int pending;
    private boolean midCommand;
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
        this.input = new Input(house.lane().allocator());
        this.dispatcher = new Dispatcher(this, house);
        this.upstream = house.server().shared(dispatcher.state().key());
        this.upstream.attach();
        this.holdBudgetNanos = house.holdBudget().toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        output = new Output(ctx.channel(), this::onOutputDrained);
        id = house.clients().add(this);
        house.counters().increment(Counter.CLIENTS_ACCEPTED);
    }

    long id() {
        return id;
    }

    int pending() {
        return pending;
    }

    SharedUpstream upstream() {
        return upstream;
    }

    Channel channel() {
        if (channel == null) {
            throw new IllegalStateException("not in a channel yet");
        }
        return channel;
    }

    Output output() {
        if (output == null) {
            throw new IllegalStateException("not in a channel yet");
        }
        return output;
    }

    /** From now on commands go to that connection; nothing may be pending. */
    void moveTo(SharedUpstream other) {
        if (other != upstream) {
            upstream.detach();
            upstream = other;
            other.attach();
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

    // ---- input

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (input.isEmpty() && pause == Pause.NONE) {
            if (midCommand) {
                scanner.rebase(in.readerIndex());
            }
            int used = process(in, in.readerIndex(), in.writerIndex());
            scanner.rebase(-used);
            input.keep(in, used);
            in.release();
        } else {
            input.keep(in, in.readerIndex());
            in.release();
            if (pause == Pause.NONE) {
                processHeld();
            }
        }
        if (pause != Pause.NONE && input.bytes() > READ_AHEAD_BYTES) {
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

    private void processHeld() {
        if (left || pause != Pause.NONE) {
            return;
        }
        checkOutput();
        if (!input.isEmpty()) {
            ByteBuf held = input.bytesHeld();
            int used = process(held, held.readerIndex(), held.writerIndex());
            scanner.rebase(-input.consume(used));
        }
        if (pause == Pause.NONE && channel != null) {
            channel.config().setAutoRead(true);
            if (inputEnded) {
                finish();
            }
        }
        house.server().dirtySinks().flush();
    }

    /** Returns the index up to which the bytes are done with. */
    private int process(ByteBuf in, int from, int to) {
        int index = from;
        boolean more = true;
        while (more && index < to && pause == Pause.NONE) {
            if (dispatcher.isRelaying()) {
                dispatcher.relay(in.retainedSlice(index, to - index));
                return to;
            }
            if (dispatcher.isStreaming()) {
                index = stream(in, index, to);
                more = !dispatcher.isStreaming();
            } else {
                int next = run(in, index, to);
                index = next;
                more = !midCommand;
            }
        }
        return index;
    }

    /** Sends as many commands as can go to the shared connection as one run; then handles the one command that can't. */
    private int run(ByteBuf in, int from, int to) {
        boolean fast = upstream.isForwarding() && dispatcher.isPlain();
        int room = fast ? window.room(pending) : 1;
        if (room <= 0) {
            pause = Pause.WINDOW;
            return from;
        }
        int index = from;
        int count = 0;
        boolean writes = false;
        CommandSpec spec = null;
        Outcome outcome = Outcome.COMMAND;
        while (count < room && index < to) {
            if (!midCommand) {
                scanner.start(index);
            }
            midCommand = false;
            outcome = scanner.scan(in, to);
            if (outcome != Outcome.COMMAND) {
                break;
            }
            spec = house.table().find(in, scanner.nameStart(), scanner.nameLength());
            if (!fast || (spec != null && (spec.route() != Route.SHARED || spec.argumentsDecideRoute()))) {
                break;
            }
            writes |= spec == null || !spec.has(CommandFlag.READONLY);
            count++;
            index = scanner.position();
        }
        if (count > 0) {
            forward(in, from, index, count, writes);
        }
        if (index < to && pause == Pause.NONE && (count < room || !fast)) {
            return single(in, index, to, spec, outcome);
        }
        return index;
    }

    private void forward(ByteBuf in, int from, int end, int count, boolean writes) {
        house.counters().add(Counter.COMMANDS, count);
        if (!upstream.submit(this, in, from, end - from, count, writes)) {
            throw new IllegalStateException("a forwarding log is full: congestion was not heeded");
        }
        pending += count;
        if (upstream.isCongested()) {
            pause = Pause.CONGESTION;
            upstream.whenDrained(() -> resume(Pause.CONGESTION));
        }
    }

    private int single(ByteBuf in, int index, int to, @Nullable CommandSpec spec, Outcome outcome) {
        return switch (outcome) {
            case COMMAND -> dispatcher.onCommand(in, index, scanner.position(), spec) ? scanner.position() : index;
            case INLINE -> dispatcher.onInline(in, index, scanner.position()) ? scanner.position() : index;
            case EMPTY -> scanner.position();
            case INCOMPLETE -> incomplete(in, index, to);
            case MALFORMED -> malformed(index);
        };
    }

    private int incomplete(ByteBuf in, int index, int to) {
        long size = Math.max(scanner.position(), to) - (long) index;
        if (size > house.limits().largeCommandBytes() && dispatcher.beginLarge(in, scanner)) {
            midCommand = dispatcher.isStreaming();
            return index;
        }
        if (to - index > house.limits().queryBufferBytes()) {
            cutOff("an unfinished command of " + (to - index) + " bytes is over clients.query-buffer");
            return to;
        }
        midCommand = true;
        return index;
    }

    /** A large command passes to its lease as it comes. */
    private int stream(ByteBuf in, int index, int to) {
        Outcome outcome = scanner.scan(in, to);
        if (outcome == Outcome.MALFORMED) {
            dispatcher.abortLarge();
            return malformed(index);
        }
        int end = Math.min(scanner.position(), to);
        boolean last = outcome == Outcome.COMMAND;
        if (end > index || last) {
            dispatcher.stream(in, index, end - index, last);
        }
        midCommand = !last;
        return end;
    }

    private int malformed(int index) {
        if (pending > 0) {
            pause = Pause.REPLIES_DUE;
            return index;
        }
        house.counters().increment(Counter.PROTOCOL_ERRORS);
        replyError(scanner.error());
        closeWhenSent();
        return index;
    }

    // ---- replies

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        window.onReplies(count, length, pending);
        if (!left) {
            output().add(buf, from, length);
            markDirty();
        }
        onAnswered(count);
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        if (!left) {
            output().add(buf, from, length);
            markDirty();
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

    private void onAnswered(int count) {
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

    private void checkOutput() {
        long unread = output().unreadBytes();
        long limit = house.limits().outputLimitBytes();
        if (limit > 0 && unread > limit) {
            cutOff("unread output of " + unread + " bytes is over clients.output-limit");
        } else if (pause == Pause.NONE && unread > house.limits().unreadOutputBytes()) {
            pause = Pause.OUTPUT;
        }
    }

    private void onOutputDrained() {
        resume(Pause.OUTPUT);
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

    // ---- leases

    @Override
    public void onLeaseLost() {
        dispatcher.onLeaseLost();
    }

    @Override
    public void onRelayed(ByteBuf bytes) {
        if (!left) {
            output().add(bytes, bytes.readerIndex(), bytes.readableBytes());
            markDirty();
            checkOutput();
        }
    }

    @Override
    public void onLeaseWritable() {
        resume(Pause.CONGESTION);
    }

    // ---- the end

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
        SessionLog.cutOff(id, why);
        channel().close();
    }

    /** Lets the client finish what it has begun, for an orderly shutdown. */
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
            if (leavesForGood()) {
                ctx.close();
            } else if (pause == Pause.NONE) {
                finish();
            }
        }
    }

    /**
     * The client sent FIN. One that only closed its sending side wants its replies; one that gave up waiting will come back with the same command. They look the same, so what tells is whether
     * it is a client library (which never half-closes), with commands held. An element must not be popped for nobody, so what blocks ends in any case; so does
     * a command of which the rest cannot come any more.
     */
    private boolean leavesForGood() {
        boolean owedNothing = pending == 0 && pause == Pause.NONE;
        boolean cannotEnd = dispatcher.isBlocking() || dispatcher.isStreaming();
        return owedNothing || cannotEnd || (!upstream.isForwarding() && dispatcher.isLibrary());
    }

    /** Whether the client has closed its sending side. */
    boolean hasInputEnded() {
        return inputEnded;
    }

    private void finish() {
        if (pause != Pause.CLOSING) {
            closeWhenSent();
        }
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
        SessionLog.failed(id, cause);
        ctx.close();
    }
}
