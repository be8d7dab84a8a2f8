package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.sim.Sent.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client connection of an application: what it has sent, and what it awaits in which order. What it sends is the {@link Script}'s to say. */
final class SimClient implements Peer {
    /** What replies have told it about its session. */
    record State(int database, int resp) {}

    /** How the connection ends, as the client wants it. */
    enum Leaving {
        NOT,
        /** It goes on until everything has been answered. */
        POLITELY,
        /** It has given up: whatever is not sent yet must not be sent. */
        ABRUPTLY,
        /** It has sent what is no command, and awaits an error and the end. */
        CUT_OFF
    }

    private final Site site;
    private final World world;
    private final String name;
    private final Link link;
    private final FrameReader in = new FrameReader();
    private final Deque<Awaited> awaited = new ArrayDeque<>();
    private final List<Sent> open = new ArrayList<>();
    private State state = new State(0, 2);
    private Leaving leaving = Leaving.NOT;
    private long shortestBudgetNanos;
    private long headSinceNanos;
    private long pausedUntil;
    private boolean library;
    private boolean believed;
    private boolean onItsOwn;
    private boolean ended;
    private int commands;
    private int unread;

    SimClient(Site site, String name) {
        this.site = site;
        this.world = site.world();
        this.name = name;
        this.link = new Link(site, name, true);
        this.shortestBudgetNanos = site.plan().holdBudget().toNanos();
        link.attach(this);
    }

    String name() {
        return name;
    }

    Link link() {
        return link;
    }

    State state() {
        return state;
    }

    void setState(State now) {
        state = now;
    }

    /** How long its commands may be held, at least. */
    long shortestBudgetNanos() {
        return shortestBudgetNanos;
    }

    /** Its password was accepted while no Redis had been seen: Redis may say later that it knows no such user. */
    void isBelieved(boolean now) {
        believed |= now;
    }

    boolean isBelieved() {
        return believed;
    }

    /** It has told which library it is. */
    void isLibraryWithBudget(long nanos) {
        library = true;
        shortestBudgetNanos = Math.min(shortestBudgetNanos, nanos);
    }

    /** Its upstream connection is its own: when that ends, it ends, and which database it is in is that connection's affair. */
    void isOnItsOwnFromNow() {
        onItsOwn = true;
    }

    boolean isOnItsOwn() {
        return onItsOwn;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether it went in a way that says that nothing more is to be done for it. */
    boolean hasGivenUp() {
        return leaving == Leaving.ABRUPTLY;
    }

    boolean isLeaving() {
        return leaving != Leaving.NOT;
    }

    int nextNumber() {
        return ++commands;
    }

    /** Whether it waits for something that Redis may be slow to give. */
    boolean isBlocked() {
        return open.stream().anyMatch(one -> one.end() == End.NONE && one.op() == Op.BLPOP);
    }

    boolean awaitsNothing() {
        return awaited.isEmpty();
    }

    /** How long the reply that is due next has been due. */
    long waitingNanos() {
        Awaited head = awaited.peek();
        return head == null ? 0 : world.now() - Math.max(head.sinceNanos(), headSinceNanos);
    }

    @Nullable
    Awaited nextAwaited() {
        return awaited.peek();
    }

    // ---- sending

    void send(List<byte[]> commands, List<Awaited> replies) {
        awaited.addAll(replies);
        world.trace(
                () -> name + ": sends " + replies.stream().map(Awaited::what).toList());
        link.send(FrameReader.join(commands));
    }

    void track(Sent one) {
        open.add(one);
    }

    /** It does not read for so long. */
    void pauseReading(long nanos) {
        pausedUntil = Math.max(pausedUntil, world.now() + nanos);
        world.after(nanos, this::consume);
    }

    void leave(Leaving how) {
        leaving = how;
    }

    /** Closes its sending side and awaits the rest. */
    void halfClose() {
        world.trace(() -> name + ": half-closes");
        leaving = library ? Leaving.ABRUPTLY : Leaving.POLITELY;
        link.sendEnd();
    }

    /** Is gone, without waiting for anything. */
    void reset() {
        world.trace(() -> name + ": resets the connection");
        leaving = Leaving.ABRUPTLY;
        link.peerCloses(true);
        end();
    }

    /** Closes, which the proxy cannot tell from a half-close. */
    void close() {
        world.trace(() -> name + ": closes");
        leaving = Leaving.POLITELY;
        link.peerCloses(false);
        end();
    }

    private void end() {
        ended = true;
        for (Sent one : open) {
            if (one.end() == End.NONE) {
                one.end(End.CLIENT_GONE, "", world.now());
            }
        }
        open.clear();
        awaited.clear();
    }

    // ---- what comes back

    @Override
    public void onBytes(byte[] bytes) {
        if (ended) {
            return;
        }
        unread += bytes.length;
        consume();
        try {
            in.add(bytes);
            for (Frame reply = in.next(); reply != null && !ended; reply = in.next()) {
                onReply(reply);
            }
        } catch (FrameReader.Garbage e) {
            site.referee().broken(name + " was sent what is not RESP: " + e.getMessage());
        }
    }

    private void consume() {
        if (world.now() >= pausedUntil) {
            int read = unread;
            unread = 0;
            link.consumed(read);
        }
    }

    private void onReply(Frame reply) {
        if (reply.type() == '>' && onItsOwn && reply.texts().noneMatch(text -> text.endsWith("subscribe"))) {
            return;
        }
        Awaited due = awaited.poll();
        headSinceNanos = world.now();
        world.trace(() -> name + ": " + (due == null ? "nothing" : due.what()) + " -> " + reply);
        if (due == null) {
            site.referee().broken(name + " was sent a reply that it is not owed: " + reply);
            return;
        }
        String problem = due.check().problem(reply);
        if (problem != null && !isRedissWordOnThePassword(reply)) {
            site.referee().broken(name + " was sent, for " + due.what() + ", " + reply + ": " + problem);
        }
        open.removeIf(one -> one.end() != End.NONE);
    }

    private boolean isRedissWordOnThePassword(Frame reply) {
        return believed
                && (reply.errorCode().equals("WRONGPASS")
                        || reply.isError() && reply.text().startsWith("ERR AUTH <password>"));
    }

    @Override
    public void onEnd() {
        if (ended) {
            return;
        }
        world.trace(() -> name + ": the proxy has closed the connection");
        boolean cutReply = in.isMidFrame()
                || (!awaited.isEmpty()
                        && leaving != Leaving.ABRUPTLY
                        && site.referee().wasReplyCut());
        switch (leaving) {
            case NOT -> {
                if (!cutReply && !onItsOwn) {
                    site.referee().broken(name + " was closed by the proxy");
                }
            }
            case POLITELY, CUT_OFF -> {
                if (!awaited.isEmpty() && !cutReply && !onItsOwn) {
                    site.referee()
                            .broken(name + " was closed before "
                                    + awaited.element().what() + " was answered");
                }
            }
            case ABRUPTLY -> {}
        }
        end();
    }
}
