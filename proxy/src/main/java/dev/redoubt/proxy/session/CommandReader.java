package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandFlag;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.Route;
import dev.redoubt.proxy.resp.CommandScanner;
import dev.redoubt.proxy.resp.CommandScanner.Outcome;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.SharedUpstream;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds the commands in a client's bytes: sends runs of them to the shared connection, as they lie there, and gives every other one to the {@link Dispatcher}. The hot path. One per session, confined
 * to the lane.
 */
final class CommandReader {
    private final ClientSession session;
    private final House house;
    private final Dispatcher dispatcher;
    private final CommandScanner scanner;
    private boolean midCommand;

    CommandReader(ClientSession session, House house, Dispatcher dispatcher) {
        this.session = session;
        this.house = house;
        this.dispatcher = dispatcher;
        this.scanner = new CommandScanner(house.limits().maxBulkBytes());
        dispatcher.state().onAdmission(admitted -> scanner.restrict(!admitted));
    }

    /** Reads a buffer that begins where the last one ended. Returns the index up to which it is done with; the rest is to be kept, from index 0 on. */
    int readFresh(ByteBuf in) {
        if (midCommand) {
            scanner.rebase(in.readerIndex());
        }
        int used = read(in, in.readerIndex(), in.writerIndex());
        scanner.rebase(-used);
        return used;
    }

    /** The bytes that are kept have moved so far (negative: towards the front). */
    void onMoved(int distance) {
        scanner.rebase(distance);
    }

    /** Reads on. Returns the index up to which the bytes are done with. */
    int read(ByteBuf in, int from, int to) {
        int index = from;
        boolean more = true;
        while (more && index < to && !session.isPaused()) {
            if (dispatcher.leases().isRelaying()) {
                dispatcher.leases().relay(in.retainedSlice(index, to - index));
                return to;
            }
            if (dispatcher.leases().isStreaming()) {
                index = stream(in, index, to);
                more = !dispatcher.leases().isStreaming();
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
        boolean forwarding = session.upstream().isForwarding();
        boolean fast = forwarding && dispatcher.isPlain();
        int room = forwarding ? session.room() : 1;
        if (room <= 0) {
            session.pause(Pause.WINDOW);
            return from;
        }
        if (fast && session.upstream().congestion().isCongested()) {
            awaitDrained(session.upstream());
            return from;
        }
        int index = from;
        int count = 0;
        boolean writes = false;
        LargeReplies large = house.clients().largeReplies();
        boolean anyLarge = large.isActive();
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
            if (!fast || (spec != null && (isSingle(spec, in) || (anyLarge && large.mayKnow(in, scanner, spec))))) {
                break;
            }
            writes |= spec == null || !spec.has(CommandFlag.READONLY);
            count++;
            index = scanner.position();
        }
        if (count > 0) {
            session.profile().said(spec);
            forward(in, from, index, count, writes);
        }
        if (index < to && !session.isPaused() && (count < room || !fast)) {
            return single(in, index, to, spec, outcome);
        }
        return index;
    }

    /** Whether it cannot be forwarded within a run. Counts of subscribers are Redis's as long as it counts all there are, and a quick script is a command like others. */
    private boolean isSingle(CommandSpec spec, ByteBuf in) {
        Route route = spec.route();
        if (route == Route.SHARED || spec.argumentsDecideRoute()) {
            return spec.argumentsDecideRoute();
        }
        return switch (route) {
            case AUDIENCE -> house.subscriptions().hasSurplus();
            case SCRIPT -> scanner.argumentCount() < 2 || !house.scripts().isQuick(in, endOfName());
            default -> true;
        };
    }

    private int endOfName() {
        return scanner.nameStart() + scanner.nameLength() + 2;
    }

    private void forward(ByteBuf in, int from, int end, int count, boolean writes) {
        house.counters().add(Counter.COMMANDS, count);
        SharedUpstream upstream = session.upstream();
        if (!upstream.submit(dispatcher.sink(), in, from, end - from, count, writes)) {
            throw new IllegalStateException("a forwarding log is full: congestion was not heeded");
        }
        Monitors monitors = house.clients().monitors();
        if (monitors.isActive()) {
            monitors.onRun(session, in, from, end - from, house.lane().nanoTime());
        }
        session.addPending(count);
    }

    private void awaitDrained(SharedUpstream upstream) {
        session.pause(Pause.CONGESTION);
        upstream.congestion().whenOver(() -> session.resume(Pause.CONGESTION));
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
            midCommand = dispatcher.leases().isStreaming();
            return index;
        }
        if (to - index > house.limits().queryBufferBytes()) {
            session.cutOff("an unfinished command of " + (to - index) + " bytes is over clients.query-buffer");
            return to;
        }
        midCommand = true;
        return index;
    }

    /** A large command passes to its lease as it comes. */
    private int stream(ByteBuf in, int index, int to) {
        Outcome outcome = scanner.scan(in, to);
        if (outcome == Outcome.MALFORMED) {
            dispatcher.leases().abortLarge();
            return malformed(index);
        }
        int end = Math.min(scanner.position(), to);
        boolean last = outcome == Outcome.COMMAND;
        if (end > index || last) {
            dispatcher.leases().stream(in, index, end - index, last);
        }
        midCommand = !last;
        return end;
    }

    private int malformed(int index) {
        dispatcher.refuse(scanner.error());
        return index;
    }
}
