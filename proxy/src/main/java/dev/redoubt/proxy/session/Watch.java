package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.backlog.Swallow;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.session.Judged.Verdict;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.Lease;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Objects;

/**
 * A lease on which keys are watched. MULTI is not said on it: a transaction is queued by {@link Transactions} as ever, and sent here as one, so that the connection is never left in the middle of one. Whether keys
 * are watched is what Redis's replies say. One a lease, confined to the lane.
 */
final class Watch {
    private static final List<String[]> UNWATCH = List.<String[]>of(new String[] {"UNWATCH"});

    private final House house;
    private final ClientSession session;
    private final Lease lease;
    private boolean watching;
    private boolean ending;
    private boolean strayed;

    Watch(House house, ClientSession session, Lease lease) {
        this.house = house;
        this.session = session;
        this.lease = lease;
    }

    Lease lease() {
        return lease;
    }

    /** A lost connection watches nothing either: the client hears of that by this command's error. */
    private void onEnd(Verdict verdict) {
        watching &= verdict == Verdict.REFUSED;
    }

    /** Whether Redis watches keys for it, as far as its replies tell. */
    boolean isWatching() {
        return watching;
    }

    /** Whether a command is on its way that ends it, if Redis accepts it. */
    boolean isEnding() {
        return ending;
    }

    /** Whether nothing is watched any more; all replies have come. */
    boolean isOver() {
        ending = false;
        return !watching;
    }

    /** Sends a command. */
    void submit(ReplySink to, Command command) {
        ReplySink sink = switch (command.name()) {
            case "watch" -> new Judged(to, verdict -> watching |= verdict == Verdict.ACCEPTED);
            case "unwatch" -> {
                ending = true;
                yield new Judged(to, this::onEnd);
            }
            default -> to;
        };
        lease.submit(sink, command.arguments());
    }

    /** WAIT: about writes of this connection and of others. It is sent later: until then nothing may follow it. */
    void waitForReplicas(ReplySink to, Command command) {
        session.pause(Pause.ANSWER);
        new OffsetMove(house, lease)
                .run(
                        (error, from, length) -> false,
                        refused -> {
                            if (refused == null) {
                                lease.submit(to, command.arguments());
                            } else {
                                to.onFailure(refused);
                            }
                            session.resume(Pause.ANSWER);
                        },
                        () -> {
                            to.onFailure("UNAVAILABLE the connection to Redis was lost before WAIT was sent");
                            session.resume(Pause.ANSWER);
                        });
    }

    /** Sends MULTI ... EXEC; borrows the transaction, which is complete. Whatever Redis makes of it, nothing is watched afterwards; if it was not sent, that is as if a key had been changed. */
    void exec(ReplySink to, Transaction transaction) {
        ending = true;
        ByteBuf unit = transaction.complete();
        ReplySink nilIfUnsent =
                new NilIfUnsent(to, house, session.upstream().key().respVersion());
        lease.submitUnit(new Judged(nilIfUnsent, this::onEnd), unit, 0, unit.writerIndex(), transaction.unitCommands());
    }

    /** The session goes on in another database, protocol or as another user: so does its lease. */
    void follow(UpstreamKey from, UpstreamKey to) {
        Credentials credentials = to.credentials();
        if (credentials != null && !Objects.equals(from.credentials(), credentials)) {
            change(credentials.authArguments());
        }
        if (from.respVersion() != to.respVersion()) {
            change("HELLO", Integer.toString(to.respVersion()));
        }
        if (from.database() != to.database()) {
            change("SELECT", Integer.toString(to.database()));
        }
    }

    private void change(String... command) {
        strayed = true;
        lease.submit(new Judged(Swallow.SINK, this::onChanged), command);
    }

    private void onChanged(Verdict verdict) {
        if (verdict == Verdict.REFUSED) {
            lease.giveUp();
        }
    }

    /** Gives the lease back, clean. */
    void release() {
        if (strayed) {
            lease.release(lease.scrubbing());
        } else if (watching) {
            lease.release(UNWATCH);
        } else {
            lease.release();
        }
    }

    /** An EXEC that never left is not in doubt: it is what EXEC is when a watched key was changed. */
    private static final class NilIfUnsent extends PassingSink {
        private final House house;
        private final int respVersion;

        NilIfUnsent(ReplySink to, House house, int respVersion) {
            super(to);
            this.house = house;
            this.respVersion = respVersion;
        }

        @Override
        public void onFailure(String error) {
            if (!Failures.isUnavailable(error)) {
                super.onFailure(error);
                return;
            }
            ByteBuf nil = house.lane().allocator().directBuffer(8);
            try {
                RespWriter.nullArray(nil, respVersion);
                onReplies(nil, 0, nil.writerIndex(), 1);
                house.server().dirtySinks().flush(); // the reply is borrowed from this buffer
            } finally {
                nil.release();
            }
        }
    }
}
