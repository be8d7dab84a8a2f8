package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.Route;
import dev.redoubt.proxy.resp.Arguments;
import dev.redoubt.proxy.resp.CommandScanner;
import dev.redoubt.proxy.resp.InlineCommand;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Lease;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a command that is not simply forwarded with the run it came in: all commands while Redis is away, and at any time those that concern the session, open a transaction or need a connection of
 * their own. One per session, confined to the lane.
 */
final class Dispatcher {
    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private final SessionCommands sessionCommands;
    private final Transactions transactions;
    private final LeaseDesk leases;
    private final SubscriptionDesk subscriptions;
    private final MonitorDesk monitor;
    private final Routing routing;
    private final SharedDesk shared;
    private final Audience audience;
    private final ReplyMode replies;
    private final Tracker tracker;
    private final TrackingDesk tracking;

    Dispatcher(ClientSession session, House house) {
        this.session = session;
        this.house = house;
        this.state = ClientState.ofNewClient(house);
        this.replies = new ReplyMode(session);
        this.leases = new LeaseDesk(session, house, state, replies);
        this.subscriptions = new SubscriptionDesk(session, house, state);
        this.audience = new Audience(session, house.subscriptions());
        this.routing = new Routing(session, house);
        this.monitor = new MonitorDesk(session, house, state);
        this.transactions = new Transactions(session, house, leases, replies, this::execFromMemory);
        this.tracker = new Tracker(session, state, subscriptions, transactions, house.lane());
        this.tracking = new TrackingDesk(session, house, state, tracker, replies);
        this.sessionCommands = new SessionCommands(session, house, state, replies, this::reset, leases::follow);
        this.shared = new SharedDesk(session, house, state, replies, sessionCommands, tracker);
    }

    ClientState state() {
        return state;
    }

    SubscriptionDesk subscriptions() {
        return subscriptions;
    }

    /** Whether commands for the shared connection may go there without a further look. */
    boolean isPlain() {
        return state.isAdmitted()
                && !transactions.isOpen()
                && leases.isFree()
                && subscriptions.isPlain()
                && !monitor.isOn()
                && replies.isSteady()
                && !house.clients().pause().isOn();
    }

    LeaseDesk leases() {
        return leases;
    }

    /** Who gets the replies of commands that are sent now. */
    ReplySink sink() {
        return replies.sink();
    }

    Tracker tracker() {
        return tracker;
    }

    /**
     * The client sent FIN. One that only closed its sending side wants its replies; one that gave up waiting will come back with the same command. They look the same, so what tells is whether
     * it is a client library (which never half-closes), with commands held. An element must not be popped for nobody, so what blocks ends in any case.
     */
    boolean leavesForGood() {
        return leases.isBlocking()
                || (!session.upstream().isForwarding() && !state.libraryName().isEmpty());
    }

    /** Handles a whole command. False if it has to wait for what is in flight: the session is paused then, and brings it again. */
    boolean onCommand(ByteBuf in, int start, int end, @Nullable CommandSpec spec) {
        return handle(new Command(Arguments.read(in, start), spec, in, start, end));
    }

    /** The same for an inline command. */
    boolean onInline(ByteBuf in, int start, int end) {
        byte[] line = new byte[end - start - 1];
        in.getBytes(start, line);
        if (isClientHello(line)) {
            SessionLog.spokeTls(house.lane().repeats(), session.id());
            return refuse("ERR Protocol error: there is no TLS at this port");
        }
        byte[][] arguments = InlineCommand.split(line);
        if (arguments == null) {
            return refuse("ERR Protocol error: unbalanced quotes in request");
        }
        if (arguments.length == 0) {
            return true;
        }
        ByteBuf encoded = house.lane().allocator().directBuffer(line.length + 64);
        try {
            RespWriter.command(encoded, arguments);
            CommandSpec spec = house.table().find(arguments[0]);
            return handle(new Command(arguments, spec, encoded, 0, encoded.writerIndex()));
        } finally {
            encoded.release();
        }
    }

    /** A handshake record of TLS; its first line ends soon, as the number of an extension that all clients send is a line feed. */
    private static boolean isClientHello(byte[] line) {
        return line.length > 2 && line[0] == 0x16 && line[1] == 0x03;
    }

    /** Bytes that are no command: answers with Redis's text for it once nothing is pending, and closes. False if it has to wait. */
    boolean refuse(String protocolError) {
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        house.counters().increment(Counter.PROTOCOL_ERRORS);
        session.replyError(protocolError);
        session.closeWhenSent();
        return true;
    }

    private boolean handle(Command command) {
        if (!state.isAdmitted() && Stranger.refuses(command, session, house)) {
            return true;
        }
        session.profile().said(command.called());
        replies.begin();
        boolean wasInMulti = transactions.isOpen();
        int pending = session.pending();
        boolean done = !routing.isHeld(command, transactions, leases) && route(command);
        if (!done) {
            replies.putBack();
        } else {
            replies.commit();
            if (house.clients().monitors().isActive() && !monitor.forbids(command)) {
                boolean trial = command.route() == Route.SCRIPT && session.isPausedFor(Pause.ANSWER);
                boolean sent = (session.pending() > pending || !leases.isFree() || trial)
                        && command.route() != Route.SUBSCRIBE;
                monitor.notes().onHandled(command, wasInMulti, transactions.isOpen(), sent);
            }
            house.counters().increment(Counter.COMMANDS);
        }
        return done;
    }

    private boolean route(Command command) {
        if (monitor.forbids(command)) {
            return monitor.refuse();
        }
        Route usual = routing.of(command);
        if (command.route() == Route.SCRIPT && command.isWellFormed()) {
            house.scripts().note(command);
            shared.note(command);
        }
        if (transactions.isOpen()) {
            return inTransaction(command, usual);
        }
        Route route = tracking.route(command, usual, transactions.isWatchLost());
        if (!subscriptions.isPlain()) {
            return besideSubscriptions(command, route);
        }
        if (!leases.isFree()) {
            return leases.onCommand(command, route) || (session.pending() == 0 && besideLease(command, route));
        }
        if (route == Route.SHARED) {
            return shared.send(command, replies.sink());
        }
        if (route == Route.AUDIENCE) {
            return shared.send(command, replies.isSilent() ? replies.sink() : audience.sink(command));
        }
        if (route == Route.CURSOR) {
            return shared.iteration(command);
        }
        if (route == Route.SCRIPT) {
            return shared.script(command);
        }
        if (route == Route.INFO) {
            return shared.info(command);
        }
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        return immediately(command, route);
    }

    private boolean inTransaction(Command command, Route route) {
        boolean done = transactions.onCommand(command, route) || immediately(command, route);
        tracking.onTransaction(transactions.isOpen());
        return done;
    }

    private boolean execFromMemory(Transaction transaction) {
        return shared.execs(transaction);
    }

    /** Not for the lease: what comes next must not be answered on that before this is answered elsewhere. */
    private boolean besideLease(Command command, Route route) {
        boolean done = immediately(command, route);
        if (session.pending() > 0 && !session.isPaused()) {
            session.pause(Pause.REPLIES_DUE);
        }
        return done;
    }

    /** Subscription commands are in flight, or restrict what else the client may say. */
    private boolean besideSubscriptions(Command command, Route route) {
        boolean more = route == Route.SUBSCRIBE
                && subscriptions.isAwaited()
                && session.room() > 0
                && subscriptions.accepts(command);
        if (session.pending() > 0 && !more) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        return (route != Route.SUBSCRIBE && subscriptions.restrict(command)) || immediately(command, route);
    }

    /** Nothing is in flight: the session itself, a transaction or a lease takes it. */
    private boolean immediately(Command command, Route route) {
        switch (route) {
            case SESSION -> sessionCommands.run(command);
            case TRANSACTION -> beginTransaction(command);
            case WATCH -> leases.watch(command, transactions);
            case BLOCKING -> block(command);
            case WAIT -> leases.block(command);
            case KILL -> new KillCall(session, house).begin(command);
            case LARGE -> leases.forOneCommand(command);
            case SUBSCRIBE -> subscriptions.run(command);
            case TRACKING -> tracking.run(command, leases.isWatching());
            case DEDICATED -> dedicate(command);
            case MONITOR -> monitor(command);
            case REFUSED ->
                session.replyError("ERR " + command.name().toUpperCase(Locale.ROOT)
                        + " is not possible through Redoubt: it makes a replica of its connection");
            case SHARED, AUDIENCE, CURSOR, SCRIPT, INFO, USERS ->
                throw new IllegalStateException("not for the session: " + command.name());
        }
        return true;
    }

    private void beginTransaction(Command command) {
        transactions.begin(command);
        if (command.name().equals("exec") && command.count() > 1) {
            tracking.onTransaction(false); // it failed, which ends a watch
        }
    }

    private void dedicate(Command command) {
        if (subscriptions.isSubscribed() || tracking.isOn()) {
            refuseHere(command);
        } else {
            leases.dedicate(command);
        }
    }

    private void monitor(Command command) {
        if (tracking.isOn()) {
            refuseHere(command);
        } else {
            monitor.start();
        }
    }

    private void refuseHere(Command command) {
        session.replyError(
                "ERR " + command.name().toUpperCase(Locale.ROOT)
                        + " is not possible through Redoubt on a connection that is subscribed or tracks keys: use another one");
    }

    private void block(Command command) {
        if (session.hasInputEnded()) {
            session.closeWhenSent(); // as Redis does: it does not wait for a client that has left
        } else {
            leases.block(command);
        }
    }

    /** RESET: as if the client had just connected. */
    private void reset() {
        subscriptions.reset();
        transactions.drop();
        leases.drop();
        monitor.stop();
        replies.reset();
        tracking.end();
    }

    // ---- large commands and relays, for the session

    /** Takes a command that is too large to be kept until it is whole; false if it has to be kept all the same. Pauses the session. */
    boolean beginLarge(ByteBuf in, CommandScanner scanner) {
        if (!isPlain()
                || tracking.isOn()
                || scanner.nameStart() < 0
                || scanner.nameStart() + scanner.nameLength() > in.writerIndex()) {
            return false;
        }
        CommandSpec spec = house.table().find(in, scanner.nameStart(), scanner.nameLength());
        boolean shared = spec == null
                || spec.route() == Route.SHARED
                || spec.route() == Route.AUDIENCE
                || spec.route() == Route.SCRIPT;
        if (!shared || (spec != null && spec.argumentsDecideRoute())) {
            return false;
        }
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
        } else {
            leases.beginLarge(OnlyKey.of(in, scanner, spec));
        }
        return true;
    }

    /** Whether it waits for what Redis may be slow to give. */
    boolean isBlocking() {
        return leases.isBlocking() || tracker.isWaiting();
    }

    /** Redis's id of the connection on which it waits there; -1 if it does not. */
    long blockedAt() {
        return tracker.isWaiting() ? tracker.connectionId() : leases.blockedAt();
    }

    /** How many commands wait for EXEC; -1 outside MULTI. */
    int queuedCommands() {
        return transactions.isOpen() ? transactions.queuedCommands() : -1;
    }

    int queuedBytes() {
        return transactions.isOpen() ? transactions.queuedBytes() : 0;
    }

    boolean isMonitoring() {
        return monitor.isOn();
    }

    boolean isWatchLost() {
        return transactions.isWatchLost();
    }

    /** What comes over a lease and the client does not take waits at Redis: nobody else waits for that connection. */
    void leaveUnreadToRedis() {
        if (session.output().unreadBytes() > house.limits().unreadOutputBytes()) {
            setReading(false);
        }
    }

    private void setReading(boolean reads) {
        Lease held = leases.held();
        if (held != null) {
            held.setReading(reads);
        }
    }

    /** The client has read all that waited for it. */
    void onOutputSent() {
        setReading(true);
        session.resume(Pause.OUTPUT);
    }

    void onAllAnswered() {
        leases.onAllAnswered();
        tracker.onAllAnswered();
    }

    void onLeaseLost(Lease lost) {
        leases.onLost(lost, transactions);
    }

    void onClientLeft() {
        house.subscriptions().onClientLeft(session.id());
        tracking.end();
        subscriptions.onClientLeft();
        monitor.stop();
        transactions.drop();
        leases.drop();
    }
}
