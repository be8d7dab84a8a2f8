package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.command.CommandFlag;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.Route;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Failures;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * MULTI: queued here and sent as one. Replies and errors as {@code multi.c} and {@code processCommand} in Redis 7.0 give them. With WATCH it is sent on the lease that watches; if that was lost, EXEC gives nil, as it
 * does when a watched key was changed. One per session, confined to the lane.
 */
final class Transactions {
    private static final String EXEC_WITH_ARGUMENTS =
            "EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command";

    /** Inside EXEC's reply, silence leaves fewer elements than were announced: what follows on the connection is no RESP. */
    private static final byte[] REPLY_IN_MULTI =
            ("-ERR CLIENT REPLY inside MULTI is not possible through Redoubt: Redis would leave its replies out of an array that"
                            + " counts them\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    /** It would run on another connection, which tracks nothing and watches nothing. */
    private static final byte[] CHANGE_WHILE_TRACKING =
            ("-ERR a command about the connection is not possible through Redoubt inside MULTI while it tracks keys: use it before"
                            + " MULTI\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final ClientSession session;
    private final House house;
    private final LeaseDesk leases;
    private final ReplyMode replies;
    private final Predicate<Transaction> memory;
    private @Nullable Transaction open;
    private boolean watchLost;

    /** @param memory does a transaction while Redis is away, if it can */
    Transactions(
            ClientSession session, House house, LeaseDesk leases, ReplyMode replies, Predicate<Transaction> memory) {
        this.memory = memory;
        this.session = session;
        this.house = house;
        this.leases = leases;
        this.replies = replies;
    }

    boolean isOpen() {
        return open != null;
    }

    /** A watch ended with its connection. */
    void onWatchLost() {
        watchLost = true;
    }

    /** How many commands are queued. */
    int queuedCommands() {
        return current().commands();
    }

    int queuedBytes() {
        return current().bytes();
    }

    /** Whether CLIENT PAUSE WRITE holds EXEC. */
    boolean mayWrite() {
        return current().mayWrite();
    }

    boolean isWatchLost() {
        return watchLost;
    }

    void forgetWatch() {
        watchLost = false;
    }

    /** MULTI, EXEC or DISCARD while no transaction is open. */
    void begin(Command command) {
        switch (command.name()) {
            case "multi" -> {
                if (checkArity(command)) {
                    open = new Transaction(house.lane().allocator());
                    RespWriter.simpleString(session.reply(), "OK");
                }
            }
            case "exec" -> {
                if (command.count() == 1) {
                    session.replyError("ERR EXEC without MULTI");
                } else {
                    abandon(); // Redis takes that for an EXEC that failed, and forgets what is watched
                    session.replyError(EXEC_WITH_ARGUMENTS);
                }
            }
            default -> refuse(command, "ERR DISCARD without MULTI");
        }
    }

    /** A command inside MULTI. False for those that Redis runs at once even there. */
    boolean onCommand(Command command, Route route) {
        switch (command.name()) {
            case "exec" -> {
                if (command.count() == 1) {
                    exec();
                } else {
                    abandon();
                    session.replyError(EXEC_WITH_ARGUMENTS);
                }
            }
            case "discard" -> {
                if (checkArity(command)) {
                    abandon();
                    RespWriter.simpleString(session.reply(), "OK");
                }
            }
            case "multi" -> refuse(command, "ERR MULTI calls can not be nested");
            case "watch" -> refuse(command, "ERR WATCH inside MULTI is not allowed");
            case "quit", "reset" -> {
                return !checkArity(command);
            }
            default -> queue(command, route);
        }
        return true;
    }

    /** Redis counts arguments before it looks at anything else. */
    private void refuse(Command command, String error) {
        if (checkArity(command)) {
            session.replyError(error);
        }
    }

    private void queue(Command command, Route route) {
        Transaction transaction = current();
        boolean changesConnection = route == Route.SESSION
                || route == Route.SUBSCRIBE
                || route == Route.TRACKING
                || route == Route.DEDICATED;
        byte[] error = queueError(command, changesConnection);
        if (error != null) {
            transaction.fail();
            session.reply().writeBytes(error);
        } else if (house.clients().queueDoubt().isDue(house)
                && session.upstream().isForwarding()) {
            askFirst(transaction, command, changesConnection);
        } else {
            accept(transaction, command, changesConnection);
        }
    }

    /** Redis may have a reason not to queue it. */
    private void askFirst(Transaction transaction, Command command, boolean changesConnection) {
        session.pause(Pause.ANSWER);
        Question.ask(
                house,
                session.upstream(),
                house.server().timings().busyHold(),
                answer -> {
                    if (open != transaction) {
                        return; // its client has left
                    }
                    String error = house.clients().queueDoubt().errorIn(answer);
                    if (error == null) {
                        accept(transaction, command, changesConnection);
                    } else {
                        transaction.fail(error);
                        session.replyError(error);
                    }
                    session.flushSoon();
                    session.resume(Pause.ANSWER);
                },
                QueueDoubt.question());
    }

    private void accept(Transaction transaction, Command command, boolean changesConnection) {
        transaction.queue(command.arguments(), changesConnection, MayWrite.of(house.table(), command) != MayWrite.NO);
        if (command.name().equals("client") && command.word(1).equals("PAUSE")) {
            transaction.queuePause(PauseRequest.of(command));
        }
        if (transaction.bytes() > house.limits().queryBufferBytes()) {
            session.cutOff("a MULTI queue of " + transaction.bytes() + " bytes is over clients.query-buffer");
            return;
        }
        RespWriter.simpleString(session.reply(), "QUEUED");
    }

    /** What Redis would refuse to queue. A command that only the upstream can know is queued. */
    private byte @Nullable [] queueError(Command command, boolean changesConnection) {
        CommandSpec spec = command.spec();
        if (spec == null && !house.table().isFromUpstream()) {
            return null;
        }
        if (silences(command)) {
            return REPLY_IN_MULTI;
        }
        byte[] error = CommandErrors.check(house.table(), command.arguments());
        if (error == null && spec != null && spec.of(command.arguments()).has(CommandFlag.NO_MULTI)) {
            return CommandErrors.notAllowedInTransaction();
        }
        return error == null && changesConnection && session.upstream().key().isOwn() ? CHANGE_WHILE_TRACKING : error;
    }

    private boolean silences(Command command) {
        boolean reply = command.name().equals("client") && command.word(1).equals("REPLY");
        boolean on = command.word(2).equals("ON");
        return reply
                && (on
                        ? replies.isSilent()
                        : command.word(2).equals("OFF") || command.word(2).equals("SKIP"));
    }

    private void exec() {
        Transaction transaction = current();
        if (transaction.isFailed()) {
            String error = abortOf(transaction);
            abandon();
            session.replyError(error);
        } else if (watchLost) {
            drop();
            RespWriter.nullArray(session.reply(), session.upstream().key().respVersion());
        } else if (transaction.changesConnection()) {
            open = null;
            execAlone(transaction);
        } else if (leases.isWatching()) {
            leases.execWatched(transaction);
            drop();
        } else {
            execShared(transaction);
        }
    }

    /** While a script keeps Redis busy, EXEC is refused for that, as {@code rejectCommand} in server.c has it. */
    private String abortOf(Transaction transaction) {
        boolean busy = Failures.isBusy(transaction.failure())
                && house.scripts().isAnyOverdue(house.lane().nanoTime());
        return busy
                ? "EXECABORT Transaction discarded because of: " + transaction.failure()
                : "EXECABORT Transaction discarded because of previous errors.";
    }

    /** What the transaction pauses is held here before Redis has it, if the user may: a question that pauses nothing tells. */
    private void execAlone(Transaction transaction) {
        PauseRequest pause = transaction.pause();
        if (pause == null || !house.server().isUp()) {
            leases.execAlone(transaction);
            return;
        }
        session.pause(Pause.ANSWER);
        Question.ask(
                house,
                session.upstream(),
                answer -> {
                    if (session.hasLeft()) {
                        transaction.release();
                        return;
                    }
                    if (!answer.isLost() && !Question.isDenial(answer)) {
                        pause.begin(house);
                    }
                    leases.execAlone(transaction);
                },
                "CLIENT",
                "PAUSE",
                "-1");
    }

    private void execShared(Transaction transaction) {
        if (memory.test(transaction)) {
            drop();
            return;
        }
        ByteBuf unit = transaction.complete();
        if (house.server().isDisabled()) {
            session.replyError(
                    "UNAVAILABLE there is no Redis by configuration and memory cannot answer a command of this"
                            + " transaction; nothing was applied");
        } else if (session.upstream()
                .submitUnit(replies.sink(), unit, 0, unit.writerIndex(), transaction.unitCommands())) {
            session.addPending(1);
        } else {
            house.counters().increment(Counter.BACKLOG_FULL);
            session.replyError(Failures.backlogFull());
        }
        drop();
    }

    private boolean checkArity(Command command) {
        byte[] error = CommandErrors.check(house.table(), command.arguments());
        if (error == null) {
            return true;
        }
        if (open != null) {
            open.fail();
        }
        session.reply().writeBytes(error);
        return false;
    }

    private Transaction current() {
        if (open == null) {
            throw new IllegalStateException("no transaction is open");
        }
        return open;
    }

    /** The same as DISCARD: ends the transaction, and what is watched. */
    private void abandon() {
        drop();
        leases.endWatch();
    }

    /** Ends the transaction, if there is one, without a word. */
    void drop() {
        watchLost = false;
        if (open != null) {
            open.release();
            open = null;
        }
    }
}
