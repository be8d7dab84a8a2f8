package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.UpstreamServer;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** The commands of one subscription connection, in order: those that Redis has and those that wait for it. Confined to the lane. */
final class Operations {
    private final Subscriptions subscriptions;
    private final UpstreamServer server;
    private final Lane lane;
    private final Queue<Operation> inFlight = new ArrayDeque<>();
    private final Queue<Operation> waiting = new ArrayDeque<>();

    Operations(Subscriptions subscriptions, UpstreamServer server, Lane lane) {
        this.subscriptions = subscriptions;
        this.server = server;
        this.lane = lane;
    }

    boolean areInFlight() {
        return !inFlight.isEmpty();
    }

    boolean areWaiting() {
        return !waiting.isEmpty();
    }

    // ---- while there is a connection

    /** Appends the command; its confirmation is due. */
    void send(Operation operation, ByteBuf out) {
        operation.send(out);
        inFlight.add(operation);
    }

    /** A confirmation has come; false if nobody is owed one. */
    boolean onConfirmation() {
        Operation first = inFlight.peek();
        if (first == null || first.awaitsReply()) {
            return false;
        }
        if (first.confirmed()) {
            inFlight.remove();
            first.onDone();
        }
        return true;
    }

    /** A reply has come; false if nobody is owed one. An error may stand for all confirmations of a command. */
    boolean onReply(ByteBuf buf, int from, int to) {
        Operation first = inFlight.peek();
        boolean error = buf.getByte(from) == '-';
        if (first == null || !(error || first.awaitsReply())) {
            return false;
        }
        inFlight.remove();
        if (error) {
            first.onError(buf.toString(from + 1, to - from - 3, StandardCharsets.UTF_8));
        } else {
            first.onDone();
        }
        return true;
    }

    // ---- while there is none

    /** Without a connection nothing comes any more: departures are done at once, unless they come behind a subscription that waits. */
    void await(Operation operation) {
        if (operation.isDoneByLoss() && waiting.stream().noneMatch(one -> isOfTheSame(one, operation))) {
            operation.onDone();
        } else {
            hold(operation);
        }
    }

    private static boolean isOfTheSame(Operation one, Operation other) {
        Subscriber owner = one.owner();
        return owner != null && owner.equals(other.owner());
    }

    private void hold(Operation operation) {
        waiting.add(operation);
        Subscriber owner = operation.owner();
        if (owner != null) {
            lane.executor().schedule(() -> expire(operation), owner.client().holdBudgetNanos());
        }
    }

    private void expire(Operation operation) {
        if (waiting.remove(operation)) {
            operation.onError(Failures.unavailable(server.description(), server.lastError()));
            settle();
            subscriptions.flushClients();
        }
    }

    private void settle() {
        List<Operation> all = takeWaiting();
        Set<Subscriber> joining = new HashSet<>();
        for (Operation operation : all) {
            Subscriber owner = operation.owner();
            if (owner != null && (!operation.isDoneByLoss() || joining.contains(owner))) {
                joining.add(owner);
                waiting.add(operation);
            } else {
                operation.onDone();
            }
        }
    }

    /** The connection is lost: what sessions have asked for is asked for again on the next one. */
    void onLost() {
        List<Operation> before = new ArrayList<>(inFlight);
        before.addAll(waiting);
        inFlight.clear();
        waiting.clear();
        before.stream().filter(one -> one.owner() != null).forEach(this::hold);
        settle();
    }

    /** All that wait, in order; they are the caller's now. */
    List<Operation> takeWaiting() {
        List<Operation> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
