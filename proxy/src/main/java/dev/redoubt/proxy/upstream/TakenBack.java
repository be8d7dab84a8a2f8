package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.backlog.Swallow;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.resp.ReplyScanner;
import dev.redoubt.proxy.status.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for one session from the moment that Redis refused one of its commands until all that came behind it has been answered, so that nothing overtakes it (docs/decisions/0018). Confined to the lane.
 *
 * <pre>
 *   settled ........ inFlight ........ waiting
 *   refused, and     written, no       to be sent when all
 *   reads behind     answer yet        before it is answered
 * </pre>
 *
 * When nothing is in flight any more, what is settled goes back to the front of what waits. After a while the first of that is sent alone; when Redis takes it, the rest follows.
 */
final class TakenBack implements ReplySink {
    /** One command; what Redis said to it, if that has not been passed on. */
    private static final class Item {
        private final HeldCommand command;
        private byte @Nullable [] reply;
        private boolean refused;
        private boolean wasRefused;
        private boolean cured;
        private int due;

        Item(HeldCommand command) {
            this.command = command;
            this.due = command.kind() == Entry.Kind.ERROR ? command.count() : 1;
        }

        boolean isAnswer() {
            return reply != null && !refused;
        }
    }

    private final ReplySink client;
    private final SharedUpstream shared;
    private final UpstreamServer server;
    private final BusySpell busy;
    private final Runnable onEnd;
    private final long sinceNanos;
    private final Deque<Item> settled = new ArrayDeque<>();
    private final Deque<Item> inFlight = new ArrayDeque<>();
    private final Deque<Item> waiting = new ArrayDeque<>();
    private String lastRefusal = "";
    private int attempts;

    /** @param onEnd nothing is held any more: the session goes on without this */
    TakenBack(ReplySink client, SharedUpstream shared, UpstreamServer server, BusySpell busy, Runnable onEnd) {
        this.client = client;
        this.shared = shared;
        this.server = server;
        this.busy = busy;
        this.sinceNanos = server.lane().nanoTime();
        this.onEnd = onEnd;
        List<HeldCommand> written = new ArrayList<>();
        List<HeldCommand> unwritten = new ArrayList<>();
        shared.log().takeBack(client, this, written, unwritten);
        written.forEach(one -> inFlight.add(new Item(one)));
        unwritten.forEach(one -> waiting.add(new Item(one)));
    }

    /** The command whose answer is due; borrowed. */
    HeldCommand due() {
        return inFlight.element().command;
    }

    /** Whether nothing of this session was sent again yet. */
    boolean isFirstTime() {
        return attempts == 0;
    }

    /** A command that the session sends now waits behind the others. */
    void queue(List<HeldCommand> commands) {
        commands.forEach(one -> waiting.add(new Item(one)));
    }

    // ---- answers

    /** Redis has refused the command whose answer was due. */
    void onRefused(byte[] error, String code) {
        Item item = inFlight.remove();
        item.reply = error;
        item.refused = true;
        item.wasRefused = true;
        if (isCursor(item)) {
            server.cursors().asked(shared.key().database(), item.command.arguments(), shared.run());
        }
        lastRefusal = code;
        settled.add(item);
        whenAllAnswered();
    }

    /**
     * Redis does not have the script that the command whose answer was due calls: gives it to Redis, and calls it again. False, and nothing done, if it is not known here, if that was tried before, or if something that the
     * session sent behind the call may have been run already.
     */
    boolean cure() {
        Item item = inFlight.element();
        byte[] load = item.cured || inFlight.size() > 1 || !settled.isEmpty()
                ? null
                : server.hooks().memory().scriptLoad(item.command.arguments());
        if (load == null) {
            return false;
        }
        item.cured = true;
        ByteBuf bytes = Unpooled.wrappedBuffer(load);
        shared.log().append(Swallow.SINK, bytes, 0, load.length, 1, true, item.command.acceptedNanos());
        shared.log().appendAgain(item.command, this);
        shared.flushLater();
        return true;
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        ReplyScanner scanner = new ReplyScanner();
        scanner.start(from);
        int begin = from;
        for (int i = 0; i < count; i++) {
            scanner.scan(buf, from + length);
            onAnswer(buf, begin, scanner.position() - begin);
            begin = scanner.position();
            scanner.start(begin);
        }
        whenAllAnswered();
    }

    private void onAnswer(ByteBuf buf, int from, int length) {
        Item item = inFlight.poll();
        if (item != null && !settled.isEmpty() && (Refusal.isNoCommand(buf, from, from + length) || isRead(item))) {
            item.reply = new byte[length];
            buf.getBytes(from, item.reply);
            settled.add(item);
            return;
        }
        passSettled();
        if (item != null && item.wasRefused && Refusal.of(buf, from + 1, from + length) != Refusal.BUSY) {
            busy.end();
        }
        sink(item).onReplies(buf, from, length, 1);
        if (item != null) {
            item.command.release();
        }
    }

    /** Whoever sent it; the client when nobody is left of whom it could be. */
    private ReplySink sink(@Nullable Item item) {
        return item == null ? client : item.command.owner();
    }

    private boolean isRead(Item item) {
        return server.hooks().judge().replayClass(item.command) == ReplayClass.READ;
    }

    /** Too large to be kept: what is settled is given up for it. */
    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        passSettled();
        sink(inFlight.peek()).onReplyPart(buf, from, length, last);
        if (last) {
            endDue();
        }
    }

    @Override
    public void onFailure(String error) {
        passSettled();
        sink(inFlight.peek()).onFailure(error);
        endDue();
    }

    private void endDue() {
        Item item = inFlight.peek();
        if (item != null && --item.due == 0) {
            inFlight.remove().command.release();
        }
        whenAllAnswered();
    }

    /** Something behind it has taken effect: it must not be sent any more. */
    private void passSettled() {
        for (Item item = settled.poll(); item != null; item = settled.poll()) {
            giveUp(item);
        }
    }

    private void whenAllAnswered() {
        if (!inFlight.isEmpty()) {
            return;
        }
        if (!settled.isEmpty()) {
            while (!settled.isEmpty()) {
                waiting.addFirst(settled.removeLast());
            }
            retryLater();
        } else if (!waiting.isEmpty()) {
            sendAll();
        } else {
            onEnd.run();
        }
    }

    // ---- sending again

    private void retryLater() {
        long now = server.lane().nanoTime();
        long delay = server.timings()
                .backoff()
                .delayNanos(++attempts, now - sinceNanos, server.lane().random());
        server.lane().executor().schedule(this::retry, delay);
    }

    /** Sends the first one that waits, if nothing is in flight and Redis can be reached: when it is taken, the others follow. */
    void retry() {
        if (!client.wantsUnsent()) {
            abandon();
        } else if (inFlight.isEmpty() && !waiting.isEmpty() && shared.isForwarding()) {
            send(waiting.remove());
            flush();
        }
    }

    private void sendAll() {
        waiting.forEach(this::send);
        waiting.clear();
        flush();
    }

    private void flush() {
        new HeldExpiry(shared.log(), server.lane()).sweep();
        shared.flushLater();
    }

    private boolean isCursor(Item item) {
        return item.command.kind() == Entry.Kind.RUN
                && server.hooks().judge().replayClass(item.command) == ReplayClass.CURSOR;
    }

    /** A cursor means nothing to another run than the one that has refused it, or has given it. */
    private boolean isLostCursor(Item item) {
        return !server.cursors().isEmpty()
                && isCursor(item)
                && server.cursors().isLost(shared.key().database(), item.command.arguments(), shared.run());
    }

    private void send(Item item) {
        if (isLostCursor(item)) {
            server.counters().increment(Counter.CURSOR_LOST);
            inFlight.add(item);
            shared.log().appendError(this, Failures.cursorLost(), item.command.acceptedNanos());
            return;
        }
        if (item.refused) {
            server.counters().increment(Counter.RESENT_REFUSED);
        } else if (item.reply != null) {
            server.counters().increment(Counter.RESENT_READ);
        }
        item.reply = null;
        item.refused = false;
        inFlight.add(item);
        shared.log().appendAgain(item.command, this);
    }

    // ---- the end

    /** Gives up what has waited for too long, or everything if the client has left. */
    void tick(long nowNanos) {
        if (!client.wantsUnsent()) {
            abandon();
        } else if (inFlight.isEmpty()) {
            expire(nowNanos);
        }
    }

    private boolean isExpired(Item item, long nowNanos) {
        long budget = server.hooks().judge().holdBudgetNanos(item.command, client.holdBudgetNanos());
        return nowNanos - item.command.acceptedNanos() >= budget;
    }

    private void expire(long nowNanos) {
        boolean any = false;
        for (Item first = waiting.peek();
                first != null && ((any && first.isAnswer()) || isExpired(first, nowNanos));
                first = waiting.peek()) {
            any = true;
            server.counters().increment(Counter.EXPIRED_IN_BACKLOG);
            giveUp(waiting.remove());
        }
        if (waiting.isEmpty()) {
            onEnd.run();
        }
    }

    /** It ends with what Redis said to it, but where an earlier run may have been applied. */
    private void giveUp(Item item) {
        HeldCommand command = item.command;
        ReplySink owner = command.owner();
        byte[] said = item.reply;
        if (command.kind() == Entry.Kind.ERROR) {
            for (int i = 0; i < item.due; i++) {
                owner.onFailure(command.error());
            }
        } else if (command.isInDoubt() && command.writes()) {
            server.counters().increment(Counter.IN_DOUBT);
            owner.onFailure(Failures.inDoubt());
        } else if (said != null) {
            owner.onReplies(Unpooled.wrappedBuffer(said), 0, said.length, 1);
        } else {
            server.counters().increment(Counter.UNAVAILABLE);
            owner.onFailure(Failures.unavailable(server.description(), lastRefusal));
        }
        command.release();
    }

    private void abandon() {
        int dropped = settled.size() + waiting.size();
        server.counters().add(Counter.DROPPED_CLIENT_GONE, dropped);
        release();
        onEnd.run();
    }

    /** Lets all go without a word. */
    void release() {
        for (Deque<Item> items : List.of(settled, inFlight, waiting)) {
            items.forEach(item -> item.command.release());
            items.clear();
        }
    }

    @Override
    public void onReplyCut() {
        sink(inFlight.peek()).onReplyCut();
        endDue();
    }

    @Override
    public ReplySink client() {
        return client;
    }

    @Override
    public boolean wantsUnsent() {
        return client.wantsUnsent();
    }

    @Override
    public long holdBudgetNanos() {
        return client.holdBudgetNanos();
    }
}
