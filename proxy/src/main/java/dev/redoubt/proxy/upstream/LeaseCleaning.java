package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.ReplySink;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a leased connection back to the state in which the pool lends it, while nobody holds it: whoever gets it next must find nothing of the one before. Judged by Redis's replies: if it refuses one of
 * the commands, the connection is closed. Confined to the lane; one object each time.
 */
final class LeaseCleaning implements ReplySink {
    private static final long LIMIT_NANOS = 5_000_000_000L;

    private final Lease lease;
    private final List<String[]> commands;
    private int answered;
    private boolean refused;

    LeaseCleaning(Lease lease, List<String[]> commands) {
        this.lease = lease;
        this.commands = commands;
    }

    /** What undoes everything that a client can do to its connection, and then what {@link Handshake} says. NO-EVICT outlives RESET. */
    static List<String[]> everything(UpstreamKey key, String name) {
        List<String[]> all = new ArrayList<>();
        all.add(new String[] {"RESET"});
        Credentials credentials = key.credentials();
        if (credentials != null) {
            all.add(credentials.authArguments());
        }
        if (key.respVersion() >= 3) {
            all.add(new String[] {"HELLO", "3"});
        }
        if (key.database() != 0) {
            all.add(new String[] {"SELECT", Integer.toString(key.database())});
        }
        all.add(new String[] {"CLIENT", "SETNAME", name});
        all.add(new String[] {"CLIENT", "NO-EVICT", "ON"});
        return all;
    }

    void begin() {
        commands.forEach(command -> lease.submit(this, command));
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        boolean must = !commands.get(answered)[0].equals("CLIENT"); // a name and NO-EVICT are denied to some users
        refused |= must && buf.getByte(from) == '-';
        onAnswered();
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        if (last) {
            onAnswered();
        }
    }

    private void onAnswered() {
        if (++answered < commands.size()) {
            return;
        }
        if (refused) {
            lease.close();
        } else {
            lease.release();
        }
    }

    @Override
    public void onFailure(String error) {}

    @Override
    public void onReplyCut() {}

    @Override
    public boolean wantsUnsent() {
        return true;
    }

    @Override
    public long holdBudgetNanos() {
        return LIMIT_NANOS;
    }
}
